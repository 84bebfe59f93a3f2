import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { useStack } from '../support/stack.js';
import { type Item, launch } from './twin/mini-program.js';
import { Phone } from './twin/phone.js';

interface IndexPage {
  data: {
    phase: string;
    message: string;
    sync: string;
    pending: number;
    open: Item[];
    finished: Item[];
    folded: boolean;
    draft: string;
    deleted: string;
  };
  onLoad(): void;
  onShow(): Promise<void>;
  onHide(): void;
  onUnload(): void;
  onDraft(event: { detail: { value: string } }): void;
  add(): Promise<void> | undefined;
  onOperation(event: { detail: object }): Promise<void>;
  fold(): void;
  undo(): Promise<void> | undefined;
  logIn(): Promise<void>;
}

const stack = useStack();

const open = (phone: Phone) => launch(phone).open('index') as IndexPage;

async function write(page: IndexPage, text: string) {
  page.onDraft({ detail: { value: text } });
  await page.add();
}

function openIndex(phone: Phone) {
  const page = open(phone);
  page.onLoad();
  const shown = page.onShow();
  return { page, shown };
}

describe('the page of the list', () => {
  it('shows that it is loading, then the list', async () => {
    const { page, shown } = openIndex(new Phone(stack, 'reader'));
    expect(page.data.phase).toBe('loading');
    await shown;
    expect(page.data).toMatchObject({ phase: 'ready', sync: 'done', open: [], finished: [] });
  });

  it('shows a new entry at once, before the service has it', async () => {
    const { page, shown } = openIndex(new Phone(stack, 'writer'));
    await shown;
    const written = write(page, ' 买牛奶 ');
    expect(page.data).toMatchObject({
      open: [{ content: '买牛奶' }],
      draft: '',
      pending: 1,
      sync: 'running',
    });
    await written;
    expect(page.data).toMatchObject({ pending: 0, sync: 'done' });
    await write(page, '   ');
    expect(page.data.open).toHaveLength(1);
  });

  it('keeps finished entries apart, and folds them', async () => {
    const { page, shown } = openIndex(new Phone(stack, 'doer'));
    await shown;
    await write(page, 'done');
    const id = page.data.open[0]?.id;
    await page.onOperation({ detail: { kind: 'check', id, checked: true } });
    expect(page.data).toMatchObject({ open: [], finished: [{ id, checked: true }], folded: false });
    page.fold();
    expect(page.data).toMatchObject({ finished: [{ id }], folded: true });
  });

  it('shows the entry that was written last at the top', async () => {
    const { page, shown } = openIndex(new Phone(stack, 'recent'));
    await shown;
    await write(page, 'first');
    await write(page, 'second');
    expect(page.data.open.map(({ content }) => content)).toEqual(['second', 'first']);
  });

  it('puts a deleted entry back where it was', async () => {
    const { page, shown } = openIndex(new Phone(stack, 'hesitant'));
    await shown;
    for (const content of ['a', 'b', 'c']) await write(page, content);
    const id = page.data.open[1]?.id;
    await page.onOperation({ detail: { kind: 'remove', id } });
    expect(page.data).toMatchObject({ deleted: 'b', open: [{ content: 'c' }, { content: 'a' }] });
    await page.undo();
    expect(page.data).toMatchObject({
      deleted: '',
      sync: 'done',
      open: [{ content: 'c' }, { content: 'b' }, { content: 'a' }],
    });
    expect(page.undo()).toBeUndefined();
  });

  it('asks for changes of other devices again and again while it is visible', async () => {
    const phone = new Phone(stack, 'watcher');
    const page = launch(phone, undefined, 0.2).open('index') as IndexPage;
    await page.onShow();
    phone.network.sent.length = 0;
    const { access } = await stack.loggedIn('watcher');
    const items = [{ id: 'x', content: 'elsewhere', checked: false }];
    await stack.call('/api/weixin/data/', { token: access, json: { items } });
    await vi.waitFor(() => {
      expect(page.data.open).toMatchObject([{ content: 'elsewhere' }]);
      expect(phone.network.sent.at(-1)?.status).toBe(304);
    }, 10_000);
    page.onHide();
    await sleep(100);
    const before = phone.network.sent.length;
    await sleep(500);
    expect(phone.network.sent).toHaveLength(before);
  });

  it('says in Chinese what failed where there is nothing to show, and recovers', async () => {
    const phone = new Phone(stack, 'patient');
    phone.network.weather = 'offline';
    const { page, shown } = openIndex(phone);
    await shown;
    expect(page.data.phase).toBe('error');
    expect(page.data.message).toBe('微信登录失败，请检查网络后重试');
    phone.network.weather = 'fine';
    await page.onShow();
    expect(page.data.phase).toBe('ready');
  });

  it('works offline after a restart, and syncs when the network is back', async () => {
    const phone = new Phone(stack, 'commuter');
    const first = openIndex(phone);
    await first.shown;
    await write(first.page, 'before');
    first.page.onUnload();
    phone.connect(false);
    const { page, shown } = openIndex(phone);
    expect(page.data.open).toMatchObject([{ content: 'before' }]);
    await shown;
    await write(page, 'offline');
    expect(page.data).toMatchObject({ sync: 'offline', pending: 1, phase: 'ready' });
    page.onHide();
    phone.connect(true);
    await vi.waitFor(
      () => {
        expect(page.data).toMatchObject({ sync: 'done', pending: 0 });
      },
      { timeout: 10_000 },
    );
    const { access } = await stack.loggedIn('commuter');
    const { body } = await stack.call('/api/weixin/data/', { token: access });
    expect(body).toMatchObject({ items: [{ content: 'before' }, { content: 'offline' }] });
  });

  it('calls itself offline only without a network: not when an answer is lost', async () => {
    const phone = new Phone(stack, 'tunnel');
    const { page, shown } = openIndex(phone);
    await shown;
    phone.network.weather = 'lossy';
    await write(page, 'sent, no answer');
    page.onHide();
    expect(page.data).toMatchObject({
      sync: 'failed',
      pending: 1,
      message: '连接不上服务，请检查网络后重试',
    });
  });

  it('keeps showing the list when the service is in trouble, and says so', async () => {
    const phone = new Phone(stack, 'stoic');
    const { page, shown } = openIndex(phone);
    await shown;
    phone.network.weather = { status: 503, body: '{"code":"database_unavailable"}', headers: {} };
    await write(page, 'still here');
    page.onHide();
    expect(page.data).toMatchObject({
      phase: 'ready',
      sync: 'failed',
      message: '服务暂时不可用，请稍后再试',
      open: [{ content: 'still here' }],
    });
  });

  it('shows nothing of a user who logged out, and their list again after the login', async () => {
    const phone = new Phone(stack, 'visitor');
    const app = launch(phone);
    const page = app.open('index') as IndexPage;
    await page.onShow();
    await write(page, 'mine');
    await app.logout();
    await page.onShow();
    expect(page.data).toMatchObject({ phase: 'logged_out', open: [], finished: [] });
    await page.logIn();
    expect(page.data).toMatchObject({ phase: 'ready', open: [{ content: 'mine' }] });
  });

  it('says that the session was ended on another device, and shows the devices after the login', async () => {
    const phone = new Phone(stack, 'robbed');
    const app = launch(phone);
    const page = app.open('index') as IndexPage;
    await page.onShow();
    const { access } = await stack.loggedIn('robbed');
    await stack.call('/api/sessions', { method: 'DELETE', token: access });
    await page.onShow();
    expect(page.data).toMatchObject({ phase: 'logged_out', message: '已在另一台设备上退出登录', open: [] });
    await page.onShow();
    expect(page.data.phase).toBe('logged_out');
    expect(phone.tabs).toEqual([]);
    await page.logIn();
    expect([page.data.phase, phone.tabs]).toEqual(['ready', ['/pages/me/index']]);
  });

  it('shows nothing of a user who logged out while their list was on its way', async () => {
    const phone = new Phone(stack, 'hasty');
    const app = launch(phone);
    const page = app.open('index') as IndexPage;
    await page.onShow();
    await write(page, 'mine');
    phone.network.weather = 200;
    const late = page.onShow();
    await vi.waitFor(() => {
      expect(phone.network.to('/api/weixin/data')).toHaveLength(3);
    });
    void app.logout();
    await Promise.all([late, page.onShow()]);
    expect(page.data).toMatchObject({ phase: 'logged_out', open: [] });
  });

  it('shows the list of the user into whom the service has merged the one before', async () => {
    let who = 'merged';
    const phone = new Phone({ url: stack.url, code: () => stack.code(who) });
    const app = launch(phone);
    const page = app.open('index') as IndexPage;
    await page.onShow();
    await write(page, 'before');
    who = 'survivor';
    const { refresh } = phone.storage.peek('passport.tokens') as { refresh: string };
    await stack.call('/api/token/blacklist/', { json: { refresh } });
    await page.onShow();
    await vi.waitFor(() => {
      expect(page.data).toMatchObject({ phase: 'ready', sync: 'done', open: [] });
    });
    await write(page, 'after');
    expect(page.data.open).toMatchObject([{ content: 'after' }]);
  });
});
