import { describe, expect, it } from 'vitest';
import { useWorkbench } from './workbench.js';

const workbench = useWorkbench();
const NOTHING = { codes: 0, logins: 0, refreshes: 0 };
const ONE_REFRESH = { ...NOTHING, refreshes: 1 };
const ONE_LOGIN = { codes: 1, logins: 1, refreshes: 0 };
const SIX_MINUTES = '06:00';

/** Asks for profile and sessions six times at once: twelve calls with a token. */
const TWELVE_CALLS = `Promise.all(Array.from({ length: 6 }, () => getCurrentPages().at(-1).refresh()))`;

/** Corrupts the signatures of the tokens in the mini-program's storage, and opens it again. */
async function spoil(...names: string[]): Promise<void> {
  await workbench.inPhone(`
    for (const key of Object.keys(localStorage)) {
      const text = localStorage.getItem(key).replace(/("(${names.join('|')})":"[^"]+)[^"]{4}(?=")/g, '$1AAAA');
      localStorage.setItem(key, text);
    }`);
  await workbench.reopen();
}

async function addsItem(content: string): Promise<void> {
  await workbench.add(content);
  await workbench.synced();
}

describe('a first visit', () => {
  it('logs in by itself and shows an empty list', async () => {
    await workbench.phone().getByText('还没有待办事项').waitFor();
    await workbench.synced();
  });

  it('keeps what is written, over a reload and without a new login', async () => {
    await addsItem('学习小程序');
    const sent = workbench.sent();
    await workbench.page.reload();
    await workbench.phone().getByText('学习小程序').waitFor();
    await workbench.synced();
    expect(sent.renewals).toEqual(NOTHING);
  });
});

describe('tokens', () => {
  it('are refreshed silently when the access token has expired', async () => {
    await workbench.page.clock.install();
    await workbench.page.reload();
    await addsItem('过期之前');
    const sent = workbench.sent();
    await workbench.page.clock.fastForward(SIX_MINUTES);
    await addsItem('过期之后');
    expect(sent.renewals).toEqual(ONE_REFRESH);
  });

  it('are refreshed once for twelve calls at once on an expired token', async () => {
    await workbench.page.clock.install();
    await workbench.page.reload();
    await workbench.openTab('我的');
    await workbench.phone().getByText('本机').waitFor();
    const sent = workbench.sent();
    await workbench.page.clock.fastForward(SIX_MINUTES);
    await workbench.inPhone(TWELVE_CALLS);
    expect(sent.renewals).toEqual(ONE_REFRESH);
    expect(sent.count('/api/me') + sent.count('/api/sessions')).toBe(12);
  });

  it('are refreshed once for twelve calls whose token the service refuses', async () => {
    workbench.expectsAnswers(401);
    await workbench.openTab('我的');
    await workbench.phone().getByText('本机').waitFor();
    const sent = workbench.sent();
    await spoil('access');
    await workbench.openTab('我的');
    await workbench.phone().getByText('本机').waitFor();
    await workbench.inPhone(TWELVE_CALLS);
    expect(sent.renewals).toEqual(ONE_REFRESH);
  });

  it('come from one silent login when the refresh is refused', async () => {
    workbench.expectsAnswers(401);
    await addsItem('还在');
    const sent = workbench.sent();
    await spoil('access', 'refresh');
    await workbench.phone().getByText('还在').waitFor();
    await workbench.synced();
    expect(sent.renewals).toEqual({ ...ONE_LOGIN, refreshes: 1 });
  });
});

describe('who is logged in', () => {
  it('changes with the user of the phone, and so does the list', async () => {
    await addsItem('爱丽丝的事');
    const alice = workbench.user;
    // A name may hold what separates the parts of a storage's keys.
    await workbench.setUser(`${alice}/and-bob`);
    await workbench.phone().getByText('还没有待办事项').waitFor();
    await workbench.setUser(alice);
    await workbench.phone().getByText('爱丽丝的事').waitFor();
    const tokens = workbench.page.getByRole('region', { name: 'Tokens of phone 1' });
    expect(await tokens.locator('summary strong').allTextContents()).toEqual(['access', 'refresh']);
  });

  it('stays logged out after a logout and a reload, until the user logs in', async () => {
    await addsItem('我的事');
    await workbench.openTab('我的');
    await workbench.phone().getByRole('button', { name: '退出登录' }).click();
    await workbench.phone().getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await workbench.phone().getByText('已退出登录').waitFor();
    await workbench.page.reload();
    await workbench.phone().getByText('已退出登录').waitFor();
    await workbench.page.getByText('No tokens on this phone').waitFor();
    await workbench.phone().getByRole('button', { name: '微信登录' }).click();
    await workbench.phone().getByText('我的事').waitFor();
  });

  it('is logged out when another phone ended the session, until the user logs in', async () => {
    workbench.expectsAnswers(401);
    await addsItem('两部手机');
    await workbench.addSecondPhone();
    await workbench.openTab('我的', 2);
    await workbench.phone(2).getByRole('button', { name: '退出该设备：Sandbox Phone 1' }).click();
    await workbench.phone(2).getByRole('dialog').getByRole('button', { name: '确定' }).click();
    // Exactly: the closing dialog names it too.
    await workbench.phone(2).getByText('Sandbox Phone 1', { exact: true }).waitFor({ state: 'detached' });
    const sent = workbench.sent();
    await workbench.panel(1).getByRole('button', { name: 'Pull down' }).click();
    await workbench.phone().getByText('已在另一台设备上退出登录').waitFor();
    expect(sent.renewals).toEqual(ONE_REFRESH);
    await workbench.reopen();
    await workbench.phone().getByText('已在另一台设备上退出登录').waitFor();
    await workbench.phone().getByRole('button', { name: '微信登录' }).click();
    await workbench.phone().getByText('本机').waitFor();
    expect(sent.renewals).toEqual({ ...ONE_LOGIN, refreshes: 1 });
    await workbench.openTab('待办清单');
    await workbench.phone().getByText('两部手机').waitFor();
  });
});
