import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterEach, expect } from 'vitest';
import { adminUrlOf } from '../admin/admin.js';
import { operatorsOf, type Person } from '../admin/operators/operators.js';
import { call } from '../support/http.js';
import { forwarding } from '../support/forwarding.js';
import { freePort } from '../support/process.js';
import { useFolder } from '../support/folder.js';
import { useStack } from '../support/stack.js';
import { sharedChromium } from './chromium.js';

interface OpenOptions extends BrowserContextOptions {
  /** Without one, no operator is signed in. */
  person?: Person;
}

/** Where the tokens of the service come from. No server listens there, except while a test forwards it. */
const ISSUER_PORT = await freePort();

const APPS = [
  {
    appid: 'wxsandbox000000001',
    secret: 'sandbox-secret',
    name: 'Shop',
    login_per_minute: 3000,
    push_token: 'pushToken',
    push_encoding_aes_key: 'k'.repeat(43),
  },
  { appid: 'wxsandbox000000002', secret: 'sandbox-secret-2', name: 'Community' },
];

/** A service with an admin listener, and its console in Chromium: a new browser each test, in English unless the test wants another. */
export function useConsole() {
  const file = join(useFolder(), 'apps.json');
  writeFileSync(file, JSON.stringify(APPS));
  const stack = useStack({
    ADMIN_PORT: '0',
    JWT_ISSUER: `http://127.0.0.1:${ISSUER_PORT}`,
    WEIXIN_APPS_FILE: file,
    RATE_LIMIT_LOGIN_PER_MINUTE: '0',
    WEBHOOK_ALLOWED_HOSTS: '127.0.0.1',
  });
  const operators = operatorsOf(stack);
  const errors: string[] = [];
  const contexts: BrowserContext[] = [];

  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    // Chromium reports each answer from 400 on: these stories provoke such answers.
    expect(errors.splice(0).filter((text) => !text.startsWith('Failed to load resource:'))).toEqual([]);
  });

  const fixture = {
    stack,
    operators,
    get url() {
      return adminUrlOf(stack);
    },
    /** Runs a task while the public address of the service leads to it. */
    reachable: <T>(task: () => Promise<T>): Promise<T> => forwarding(ISSUER_PORT, stack.url, task),
    /** Opens a page of the console. @param hash such as `#/users` */
    async open(hash: string, { person, ...options }: OpenOptions = {}): Promise<Page> {
      const browser = await sharedChromium();
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        locale: 'en-GB',
        ...options,
      });
      contexts.push(context);
      if (person) {
        const [name = '', value = ''] = (await operators.signIn(person)).split('=');
        await context.addCookies([{ name, value, url: fixture.url }]);
      }
      const page = await context.newPage();
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      await page.goto(`${fixture.url}/${hash}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      return page;
    },
    /** Confirms the code that the page asks for. */
    async stepUp(page: Page, { secret }: Person): Promise<void> {
      await operators.forgetCodes();
      const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
      await dialog.getByLabel('Code').fill(operators.codeOf(secret));
      await dialog.getByRole('button', { name: 'Confirm' }).click();
      await dialog.waitFor({ state: 'detached' });
    },
    /** Logs a person in on a device, with a nickname. */
    async user(wechatUser: string, nickname?: string, device = 'iPhone 17') {
      const code = await stack.code(wechatUser);
      const { body } = await call<{ access: string; user_id: string }>(`${stack.url}/api/weixin/login/`, {
        json: { code, device: { id: device.replaceAll(/\W/g, ''), name: device } },
      });
      if (nickname !== undefined) {
        await stack.call('/api/me', { method: 'PUT', token: body.access, json: { nickname } });
      }
      return { id: body.user_id, access: body.access };
    },
  };
  return fixture;
}
