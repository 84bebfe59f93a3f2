import { type Browser, type BrowserContextOptions, type FrameLocator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { freePort, Program } from '../support/process.js';
import { launchChromium } from './chromium.js';

const NEW_ITEM = { name: '新的待办事项' };

/** The service and the sandbox as their users start them, and the sandbox's page in Chromium: a new visitor each test. */
export function useDesk() {
  const folder = useFolder();
  const programs: Program[] = [];
  const errors: string[] = [];
  let browser: Browser | undefined;
  let page: Page;
  let sandboxUrl = '';
  let user = '';
  let users = 0;
  let allowed: RegExp | undefined;

  beforeAll(async () => {
    const [port, sandboxPort] = [await freePort(), await freePort()];
    const [apiUrl] = [`http://127.0.0.1:${port}`];
    sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
    const sandbox = new Program('dist/apps/sandbox/server/main.js', {
      SANDBOX_PORT: String(sandboxPort),
      API_URL: apiUrl,
    });
    const api = new Program(
      'dist/apps/api/src/main.js',
      { PORT: String(port), WEIXIN_API_BASE_URL: sandboxUrl, RATE_LIMIT_LOGIN_PER_MINUTE: '0' },
      folder,
    );
    programs.push(sandbox, api);
    await Promise.all([sandbox.prints('Sandbox on'), api.prints('listening on ')]);
    browser = await launchChromium();
  });
  beforeEach(async () => {
    await desk.visit();
  });
  afterEach(async () => {
    await (page as Page | undefined)?.context().close();
    const unexpected = errors.splice(0).filter((text) => !allowed?.test(text));
    allowed = undefined;
    expect(unexpected).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all(programs.map((program) => program.stop()));
  });

  const desk = {
    get page() {
      return page;
    },
    /** The WeChat user of both phones: another one in each test. */
    get user() {
      return user;
    },
    /** Opens the page as somebody who was never here. */
    async visit(name = `user${++users}`, options: BrowserContextOptions = {}): Promise<void> {
      user = name;
      if (!browser) throw new Error('no browser');
      const context = await browser.newContext({ viewport: { width: 1440, height: 940 }, ...options });
      await (page as Page | undefined)?.context().close();
      await call(`${sandboxUrl}/sandbox/reset`, { method: 'POST' });
      page = await context.newPage();
      await page.addInitScript(firstVisit(user));
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      await page.goto(sandboxUrl);
    },
    /** Chromium reports every answer from 400 on as an error of the page; this story provokes such answers. */
    expectsAnswers(...statuses: number[]): void {
      allowed = new RegExp(`Failed to load resource: .* status of (${statuses.join('|')}) `);
    },
    /** What one phone shows. */
    phone(id = 1): FrameLocator {
      return page.frameLocator(`iframe[title^="Phone ${id}"]`);
    },
    /** Runs code inside a phone, where `wx` and `getCurrentPages` are. */
    async inPhone<T>(code: string, id = 1): Promise<T> {
      const frame = page.frames().find((each) => each.url().includes(`phone=${id}&`));
      if (!frame) throw new Error(`there is no phone ${id}`);
      return frame.evaluate<T>(code);
    },
    /** Waits until the list of a phone is in step with the service. */
    synced: (id = 1) => desk.phone(id).getByText('已同步').waitFor(),
    async add(content: string, id = 1): Promise<void> {
      const field = desk.phone(id).getByRole('textbox', NEW_ITEM);
      await field.fill(content);
      await field.press('Enter');
      await desk.phone(id).getByText(content, { exact: true }).waitFor();
    },
    openTab: (name: '待办清单' | '我的', id = 1) =>
      desk.phone(id).getByRole('navigation').getByRole('button', { name }).click(),
    async reopen(id = 1): Promise<void> {
      await desk.panel(id).getByRole('button', { name: 'Reopen' }).click();
    },
    panel: (id = 1) => page.getByRole('region', { name: `Phone ${id}`, exact: true }),
    async setNetwork(network: 'Online' | 'Slow' | 'Lossy' | 'Off', id = 1): Promise<void> {
      await desk.panel(id).getByRole('radio', { name: network }).check();
    },
    async setUser(user: string, id = 1): Promise<void> {
      const field = desk.panel(id).getByRole('combobox', { name: 'WeChat user' });
      await field.fill(user);
      await field.press('Enter');
    },
    addSecondPhone: () => page.getByRole('checkbox', { name: 'Second phone' }).check(),
    /** What a phone sends from now on; paths without their query. */
    sent(): Sent {
      const sent = new Sent();
      page.on('request', (request) => {
        sent.paths.push(new URL(request.url()).pathname.replace('/sandbox/request', ''));
      });
      return sent;
    },
  };
  return desk;
}

/** Sets the phones up for a user, unless this visitor was here before. */
function firstVisit(user: string): string {
  const setup = { user, network: 'online' };
  const preferences = JSON.stringify({ phones: { '1': setup, '2': setup } });
  return `if (!localStorage.getItem('desk')) localStorage.setItem('desk', ${JSON.stringify(preferences)});`;
}

/** What went out over the phones' networks. */
export class Sent {
  readonly paths: string[] = [];

  count(path: string): number {
    return this.paths.filter((each) => each === path).length;
  }

  /** How often the phones logged in, asked WeChat for a code, and refreshed. */
  get renewals() {
    return {
      codes: this.count('/sandbox/codes'),
      logins: this.count('/api/weixin/login/'),
      refreshes: this.count('/api/token/refresh/'),
    };
  }
}
