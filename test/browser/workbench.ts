import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Frame, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, expect, inject } from 'vitest';
import { call } from '../support/http.js';
import { sharedChromium } from './chromium.js';

const NEW_ITEM = { name: '新的待办事项' };

/** What a failed test has left on the screen. */
const IMAGES = fileURLToPath(new URL('./images/', import.meta.url));

/**
 * The sandbox's page in Chromium: a new visitor each test.
 * @param isShared the tests of the file share one page instead, which the first of them opens by `visit`
 */
export function useWorkbench({ isShared = false } = {}) {
  const errors: string[] = [];
  const sandboxUrl = inject('sandboxUrl');
  let page: Page;
  let user = '';
  let allowed: RegExp | undefined;

  const leave = () => (page as Page | undefined)?.context().close();
  beforeEach(async () => {
    if (!isShared) await workbench.visit();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') {
      const name = task.name.replaceAll(/\W+/g, '-').slice(0, 60);
      await (page as Page | undefined)?.screenshot({ path: `${IMAGES}${name}.png` });
    }
    if (!isShared) await leave();
    const unexpected = errors.splice(0).filter((text) => !allowed?.test(text));
    allowed = undefined;
    expect(unexpected).toEqual([]);
  });
  afterAll(leave);

  const workbench = {
    get page() {
      return page;
    },
    /** The WeChat user of both phones: another one in each test. */
    get user() {
      return user;
    },
    /** Opens the page as somebody who was never here. */
    async visit(name = newUser(), options: BrowserContextOptions = {}): Promise<void> {
      user = name;
      const browser = await sharedChromium();
      const context = await browser.newContext({ viewport: { width: 1440, height: 940 }, ...options });
      await leave();
      await call(`${sandboxUrl}/sandbox/reset`, { method: 'POST' });
      page = await context.newPage();
      await page.addInitScript(firstVisit(user));
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      await page.goto(sandboxUrl);
    },
    /** The frame of a phone's document. */
    frame(id = 1): Frame {
      const frame = page.frames().find((each) => each.url().includes(`phone=${id}&`));
      if (!frame) throw new Error(`there is no phone ${id}`);
      return frame;
    },
    /** Chromium reports every answer from 400 on as an error of the page; this story provokes such answers. */
    expectsAnswers(...statuses: number[]): void {
      allowed = new RegExp(`Failed to load resource: .* status of (${statuses.join('|')}) `);
    },
    /** What one phone shows. */
    phone(id = 1): FrameLocator {
      return page.frameLocator(`iframe[src*="phone=${id}&"]`);
    },
    /** Runs code inside a phone, where `wx` and `getCurrentPages` are. */
    inPhone<T>(code: string, id = 1): Promise<T> {
      return workbench.frame(id).evaluate<T>(code);
    },
    /** Waits until the list of a phone is in step with the service. */
    synced: (id = 1) => workbench.phone(id).getByText('已同步').waitFor(),
    async add(content: string, id = 1): Promise<void> {
      const field = workbench.phone(id).getByRole('textbox', NEW_ITEM);
      await field.fill(content);
      await field.press('Enter');
      await workbench.phone(id).getByText(content, { exact: true }).waitFor();
    },
    openTab: (name: '待办清单' | '我的', id = 1) =>
      workbench.phone(id).getByRole('navigation').getByRole('button', { name }).click(),
    async reopen(id = 1): Promise<void> {
      await workbench.panel(id).getByRole('button', { name: 'Reopen' }).click();
    },
    panel: (id = 1) => page.getByRole('region', { name: `Phone ${id}`, exact: true }),
    async setNetwork(network: 'Online' | 'Slow' | 'Lossy' | 'Off', id = 1): Promise<void> {
      await workbench.panel(id).getByRole('radio', { name: network }).check();
    },
    async setUser(user: string, id = 1): Promise<void> {
      const field = workbench.panel(id).getByRole('combobox', { name: 'WeChat user' });
      await field.fill(user);
      await field.press('Enter');
    },
    /** Opens what is folded: controls, help, the tokens of the phones and the first message. */
    openPanels: () =>
      page.evaluate(`for (const panel of document.querySelectorAll(
        '.controls-card, .help details, .token, .message:nth-child(2) details')) panel.open = true`),
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
  return workbench;
}

/** Returns the name of somebody who was never here: the service is the same for all files. */
function newUser(): string {
  return `user${Date.now().toString(36)}`;
}

/** Sets the phones up for a user, unless this visitor was here before. */
function firstVisit(user: string): string {
  const setup = { user, network: 'online' };
  const preferences = JSON.stringify({ phones: { '1': setup, '2': setup } });
  return `if (!localStorage.getItem('workbench')) localStorage.setItem('workbench', ${JSON.stringify(preferences)});`;
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
