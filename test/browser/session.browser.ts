import { describe, expect, it } from 'vitest';
import { useDesk } from './desk.js';

const desk = useDesk();
const NOTHING = { codes: 0, logins: 0, refreshes: 0 };
const ONE_REFRESH = { ...NOTHING, refreshes: 1 };
const ONE_LOGIN = { codes: 1, logins: 1, refreshes: 0 };
const SIX_MINUTES = '06:00';

/** Asks for profile and sessions six times at once: twelve calls with a token. */
const TWELVE_CALLS = `Promise.all(Array.from({ length: 6 }, () => getCurrentPages().at(-1).refresh()))`;

/** Corrupts the signatures of the tokens in the mini-program's storage, and opens it again. */
async function spoil(...names: string[]): Promise<void> {
  await desk.inPhone(`
    for (const key of Object.keys(localStorage)) {
      const text = localStorage.getItem(key).replace(/("(${names.join('|')})":"[^"]+)[^"]{4}(?=")/g, '$1AAAA');
      localStorage.setItem(key, text);
    }`);
  await desk.reopen();
}

async function addsItem(content: string): Promise<void> {
  await desk.add(content);
  await desk.synced();
}

describe('a first visit', () => {
  it('logs in by itself and shows an empty list', async () => {
    await desk.phone().getByText('还没有待办事项').waitFor();
    await desk.synced();
  });

  it('keeps what is written, over a reload and without a new login', async () => {
    await addsItem('学习小程序');
    const sent = desk.sent();
    await desk.page.reload();
    await desk.phone().getByText('学习小程序').waitFor();
    await desk.synced();
    expect(sent.renewals).toEqual(NOTHING);
  });
});

describe('tokens', () => {
  it('are refreshed silently when the access token has expired', async () => {
    await desk.page.clock.install();
    await desk.page.reload();
    await addsItem('过期之前');
    const sent = desk.sent();
    await desk.page.clock.fastForward(SIX_MINUTES);
    await addsItem('过期之后');
    expect(sent.renewals).toEqual(ONE_REFRESH);
  });

  it('are refreshed once for twelve calls at once on an expired token', async () => {
    await desk.page.clock.install();
    await desk.page.reload();
    await desk.openTab('我的');
    await desk.phone().getByText('本机').waitFor();
    const sent = desk.sent();
    await desk.page.clock.fastForward(SIX_MINUTES);
    await desk.inPhone(TWELVE_CALLS);
    expect(sent.renewals).toEqual(ONE_REFRESH);
    expect(sent.count('/api/me') + sent.count('/api/sessions')).toBe(12);
  });

  it('are refreshed once for twelve calls whose token the service refuses', async () => {
    desk.expectsAnswers(401);
    await desk.openTab('我的');
    await desk.phone().getByText('本机').waitFor();
    const sent = desk.sent();
    await spoil('access');
    await desk.openTab('我的');
    await desk.phone().getByText('本机').waitFor();
    await desk.inPhone(TWELVE_CALLS);
    expect(sent.renewals).toEqual(ONE_REFRESH);
  });

  it('come from one silent login when the refresh is refused', async () => {
    desk.expectsAnswers(401);
    await addsItem('还在');
    const sent = desk.sent();
    await spoil('access', 'refresh');
    await desk.phone().getByText('还在').waitFor();
    await desk.synced();
    expect(sent.renewals).toEqual({ ...ONE_LOGIN, refreshes: 1 });
  });
});

describe('who is logged in', () => {
  it('changes with the user of the phone, and so does the list', async () => {
    await addsItem('爱丽丝的事');
    const alice = desk.user;
    // A name may hold what separates the parts of a storage's keys.
    await desk.setUser(`${alice}/and-bob`);
    await desk.phone().getByText('还没有待办事项').waitFor();
    await desk.setUser(alice);
    await desk.phone().getByText('爱丽丝的事').waitFor();
    const tokens = desk.page.getByRole('region', { name: 'Tokens of phone 1' });
    expect(await tokens.locator('summary strong').allTextContents()).toEqual(['access', 'refresh']);
  });

  it('stays logged out after a logout and a reload, until the user logs in', async () => {
    await addsItem('我的事');
    await desk.openTab('我的');
    await desk.phone().getByRole('button', { name: '退出登录' }).click();
    await desk.phone().getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await desk.phone().getByText('已退出登录').waitFor();
    await desk.page.reload();
    await desk.phone().getByText('已退出登录').waitFor();
    await desk.page.getByText('No tokens on this phone').waitFor();
    await desk.phone().getByRole('button', { name: '微信登录' }).click();
    await desk.phone().getByText('我的事').waitFor();
  });

  it('is logged out when another phone ended the session, until the user logs in', async () => {
    desk.expectsAnswers(401);
    await addsItem('两部手机');
    await desk.addSecondPhone();
    await desk.openTab('我的', 2);
    await desk.phone(2).getByRole('button', { name: '结束此会话：Sandbox Phone 1' }).click();
    await desk.phone(2).getByRole('dialog').getByRole('button', { name: '确定' }).click();
    // Exactly: the closing dialog names it too.
    await desk.phone(2).getByText('Sandbox Phone 1', { exact: true }).waitFor({ state: 'detached' });
    const sent = desk.sent();
    await desk.panel(1).getByRole('button', { name: 'Pull down' }).click();
    await desk.phone().getByText('已在另一台设备上退出登录').waitFor();
    expect(sent.renewals).toEqual(ONE_REFRESH);
    await desk.reopen();
    await desk.phone().getByText('已在另一台设备上退出登录').waitFor();
    await desk.phone().getByRole('button', { name: '微信登录' }).click();
    await desk.phone().getByText('本机').waitFor();
    expect(sent.renewals).toEqual({ ...ONE_LOGIN, refreshes: 1 });
    await desk.openTab('待办清单');
    await desk.phone().getByText('两部手机').waitFor();
  });
});
