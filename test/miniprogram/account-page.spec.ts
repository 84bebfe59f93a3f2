import { describe, expect, it, vi } from 'vitest';
import { useStack } from '../support/stack.js';
import { launch } from './twin/mini-program.js';
import { Phone } from './twin/phone.js';

interface AccountPage {
  data: {
    phase: string;
    message: string;
    busy: string;
    privacy: { deletesAt: string; consents: { kind: string; name: string; text: string }[] };
  };
  onShow(): Promise<void>;
  refresh(): Promise<void>;
  onExport(): Promise<void>;
  onWithdraw(event: { currentTarget: { dataset: { kind: string; name: string } } }): Promise<void>;
  onLeave(): Promise<void>;
  onStay(): Promise<void>;
}

interface Tab {
  data: { phase: string; message: string };
  onShow(): Promise<void>;
  logIn(): Promise<void>;
}

const DELETION = '/api/me/deletion';
const WORDS = /\d+月\d+日 \d\d:\d\d/;
const GONE = { phase: 'logged_out', message: '账号正在注销，已退出登录' };

/** Opens the page on a phone, as after a launch. */
async function opened(phone: Phone, timeoutMs?: number): Promise<AccountPage> {
  const page = launch(phone, timeoutMs).open('account') as AccountPage;
  await page.onShow();
  return page;
}

describe('the page 账号与隐私', () => {
  const stack = useStack();
  const deletionOf = async (user: string) => {
    const { access } = await stack.loggedIn(user);
    return (await stack.call<{ deletes_at: string | null }>(DELETION, { token: access })).body.deletes_at;
  };
  const give = async (user: string, kind: string, version: string) => {
    const { access: token } = await stack.loggedIn(user);
    await stack.call(`/api/me/consents/${kind}`, { method: 'PUT', token, json: { version } });
  };

  it('shows the newest version of each consent, and withdraws one after asking', async () => {
    await give('agreeing', 'privacy', '2');
    await give('agreeing', 'privacy', '3');
    const phone = new Phone(stack, 'agreeing');
    const page = await opened(phone);
    expect(page.data.privacy.consents).toMatchObject([{ kind: 'privacy', name: '隐私政策' }]);
    expect(page.data.privacy.consents[0]?.text).toMatch(/^版本 3，\d+月\d+日 \d\d:\d\d 同意$/);
    const tap = { currentTarget: { dataset: { kind: 'privacy', name: '隐私政策' } } };
    phone.confirms = false;
    await page.onWithdraw(tap);
    expect(page.data.privacy.consents).toHaveLength(1);
    phone.confirms = true;
    await page.onWithdraw(tap);
    expect(page.data.privacy.consents).toEqual([]);
    expect(phone.toasts).toEqual(['已撤回']);
  });

  it('requests the deletion once for two taps, after asking, and logs out', async () => {
    const phone = new Phone(stack, 'leaver');
    const page = await opened(phone);
    phone.confirms = false;
    await page.onLeave();
    expect(phone.network.to(DELETION).filter(({ method }) => method === 'POST')).toEqual([]);
    phone.confirms = true;
    await Promise.all([page.onLeave(), page.onLeave()]);
    expect(page.data).toMatchObject({ phase: 'left', busy: '', privacy: { consents: [] } });
    expect(page.data.message).toMatch(WORDS);
    expect(phone.toasts).toEqual([]);
    expect(phone.network.to(DELETION).filter(({ method }) => method === 'POST')).toHaveLength(1);
    await page.onShow();
    expect(page.data.message).toMatch(WORDS);
  });

  it.each(['me', 'index'] as const)(
    'stays logged out after a restart, and is opened by the login of the page %s to cancel',
    async (name) => {
      const user = `returner-${name}`;
      const phone = new Phone(stack, user);
      await (await opened(phone)).onLeave();
      const { logins } = phone;
      const tab = launch(phone).open(name) as Tab;
      await tab.onShow();
      expect(tab.data).toMatchObject(GONE);
      expect(phone.logins).toBe(logins);
      await tab.logIn();
      expect(phone.pages).toEqual(['/pages/account/index']);
      const page = await opened(phone);
      expect(page.data.phase).toBe('ready');
      expect(page.data.privacy.deletesAt).toMatch(WORDS);
      await page.onStay();
      expect(page.data.privacy.deletesAt).toBe('');
      expect(await deletionOf(user)).toBeNull();
      await page.onStay();
      expect(phone.toasts).toEqual(['已撤销注销', '账号没有在注销']);
    },
  );

  it('shows that the account is leaving if the answer to the request was lost', async () => {
    const phone = new Phone(stack, 'unlucky');
    const page = await opened(phone);
    // Only the request itself is lost: what the page asks afterwards arrives.
    phone.network.weatherOf = (path) =>
      path === DELETION && phone.network.sent.at(-1)?.method === 'POST' ? 'lossy' : 'fine';
    await page.onLeave();
    expect(await deletionOf('unlucky')).not.toBeNull();
    expect(phone.toasts).toEqual(['连接不上服务，请检查网络后重试']);
    expect(page.data).toMatchObject({ phase: 'left', busy: '' });
    expect(page.data.message).toMatch(/^账号正在注销，已退出登录/);
  });

  it('logs out also if the network fails right after the request', async () => {
    const phone = new Phone(stack, 'offline-leaver');
    const page = await opened(phone);
    phone.network.weatherOf = (path) =>
      path === DELETION && phone.network.sent.at(-1)?.method === 'POST' ? 'fine' : 'offline';
    await page.onLeave();
    expect(page.data.phase).toBe('left');
    expect(page.data.message).toMatch(WORDS);
    phone.network.weatherOf = () => 'fine';
    const { logins } = phone;
    const tab = launch(phone).open('me') as Tab;
    await tab.onShow();
    expect([tab.data.phase, phone.logins]).toEqual(['logged_out', logins]);
  });

  it('says offline that it cannot be reached, keeps what it shows, and loads later', async () => {
    const phone = new Phone(stack, 'patient');
    const page = await opened(phone);
    phone.network.weather = 'offline';
    await page.onLeave();
    const message = '连接不上服务，请检查网络后重试';
    expect(page.data).toMatchObject({ phase: 'ready', message, busy: '' });
    expect(phone.toasts).toEqual(['微信登录失败，请检查网络后重试']);
    const later = await opened(phone);
    expect(later.data).toMatchObject({ phase: 'error', message });
    phone.network.weather = 'fine';
    await later.refresh();
    expect(later.data).toMatchObject({ phase: 'ready', message: '' });
    expect(await deletionOf('patient')).toBeNull();
  });

  it.each(['no code', 'fails', 'hangs'] as const)(
    'is usable again after a wx.login that: %s',
    async (habit) => {
      const phone = new Phone(stack, 'codeless');
      const page = await opened(phone, 1000);
      phone.loginHabit = habit;
      await page.onExport();
      expect(phone.toasts).toEqual(['微信登录失败，请检查网络后重试']);
      expect([page.data.phase, page.data.busy, phone.clipboard]).toEqual(['ready', '', '']);
    },
  );

  it('neither exports nor deletes for another person than the one who uses WeChat', async () => {
    let who = 'owner';
    const phone = new Phone({ url: stack.url, code: () => stack.code(who) });
    const page = await opened(phone);
    who = 'borrower';
    await page.onExport();
    await page.onLeave();
    expect(phone.toasts).toEqual(['请用当前账号的微信操作', '请用当前账号的微信操作']);
    expect([page.data.phase, phone.clipboard]).toEqual(['ready', '']);
    expect(await deletionOf('owner')).toBeNull();
  });

  it('sends no action of one user for another, and shows nothing more of the first', async () => {
    let who = 'former';
    const phone = new Phone({ url: stack.url, code: () => stack.code(who) });
    const page = await opened(phone);
    await give('former', 'privacy', '1');
    await page.refresh();
    who = 'present';
    const { refresh } = phone.storage.peek('passport.tokens') as { refresh: string };
    await stack.call('/api/token/blacklist/', { json: { refresh } });
    await page.onLeave();
    expect(phone.toasts).toEqual(['登录的账号已切换']);
    expect(page.data).toMatchObject({ phase: 'ready', privacy: { deletesAt: '', consents: [] } });
    expect([await deletionOf('former'), await deletionOf('present')]).toEqual([null, null]);
  });

  it('shows nothing of a user who logged out while the answer was on its way', async () => {
    const phone = new Phone(stack, 'quick');
    const program = launch(phone);
    const page = program.open('account') as AccountPage;
    await page.onShow();
    phone.network.weather = 200;
    const late = page.onShow();
    await program.logout();
    await late;
    expect(page.data).toMatchObject({ phase: 'error', message: '已退出登录', privacy: { consents: [] } });
  });

  it('shows no state that was read before an action', async () => {
    const phone = new Phone(stack, 'racer');
    await (await opened(phone)).onLeave();
    const program = launch(phone);
    await program.login();
    const page = program.open('account') as AccountPage;
    await page.onShow();
    phone.network.sent.length = 0;
    phone.network.weatherOf = (path) => (path === '/api/me/consents' ? 2000 : 'fine');
    const late = page.onShow();
    await vi.waitFor(() => {
      expect(phone.network.sent.map(({ status }) => status)).toEqual([200, 200]);
    });
    phone.network.weatherOf = () => 'fine';
    await page.onStay();
    expect(page.data.privacy.deletesAt).toBe('');
    await late;
    expect(page.data.privacy.deletesAt).toBe('');
  });
});
