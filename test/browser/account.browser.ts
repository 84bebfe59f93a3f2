import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { faultsOf } from './axe.js';
import { useWorkbench } from './workbench.js';

const COOLING_OFF_DAYS = 7;
const LOGGED_OUT = '账号正在注销，已退出登录';

const workbench = useWorkbench();
const button = (name: string, id = 1) => workbench.phone(id).getByRole('button', { name, exact: true });

/** Opens 账号与隐私 of a phone and requests the deletion there. */
async function leave(id = 1): Promise<void> {
  const phone = workbench.phone(id);
  await workbench.openTab('我的', id);
  await phone.getByRole('link', { name: '账号与隐私' }).click();
  await button('注销账号', id).click();
  await phone.getByRole('dialog', { name: '注销账号？' }).getByRole('button', { name: '确认注销' }).click();
  await phone.getByText('已申请注销').waitFor();
}

/** Closes the account of the first phone's person in WeChat. */
async function closeAccount(): Promise<void> {
  await workbench.page.getByText('WeChat and the clock').click();
  await workbench.page.getByRole('button', { name: 'Close the WeChat account' }).click();
  await workbench.page.getByText(`WeChat has reported it to the service, for ${workbench.user}.`).waitFor();
}

async function daysPass(days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    const moved = workbench.page.waitForResponse(
      (response) => response.url().endsWith('/sandbox/clock') && response.request().method() === 'PUT',
    );
    await workbench.page.getByRole('button', { name: '+1 day' }).click();
    await moved;
  }
}

/** The id of the user who is logged in on a phone. */
async function userOn(id: number): Promise<string> {
  const { access } = await workbench.inPhone<{ access: string }>(`wx.getStorageSync('passport.tokens')`, id);
  const claims = Buffer.from(access.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(claims) as { sub: string }).sub;
}

beforeEach(async () => {
  await workbench.add('注销之前');
  await workbench.synced();
});

describe('the account', () => {
  it('is deleted after a cooling-off, in which a login leads to the button that cancels', async () => {
    workbench.expectsAnswers(401);
    const phone = workbench.phone();
    await workbench.openTab('我的');
    await phone.getByRole('link', { name: '账号与隐私' }).click();
    await button('注销账号').waitFor();
    expect(await faultsOf(workbench.frame())).toEqual([]);
    await button('返回').click();
    await leave();
    expect(await faultsOf(workbench.frame())).toEqual([]);
    await button('返回我的').click();
    await button('微信登录').click();
    await phone.getByText(/账号将于 .+ 注销/).waitFor();
    expect(await faultsOf(workbench.frame())).toEqual([]);
    await button('撤销注销').click();
    await button('注销账号').waitFor();
    await button('返回').click();
    await workbench.openTab('待办清单');
    await phone.getByText('注销之前', { exact: true }).waitFor();
  });

  it('is logged out when the WeChat account is closed, and stays if the person logs in again', async () => {
    workbench.expectsAnswers(401);
    await closeAccount();
    await workbench.reopen();
    await workbench.phone().getByText(LOGGED_OUT).waitFor();
    await button('微信登录').click();
    await button('注销账号').waitFor();
    await button('返回').click();
    await workbench.phone().getByText('注销之前', { exact: true }).waitFor();
  });

  it('is copied after the consent to the privacy guide, and sent to a chat as a file', async () => {
    const phone = workbench.phone();
    await workbench.openTab('我的');
    await phone.getByRole('link', { name: '账号与隐私' }).click();
    await button('复制我的全部数据').click();
    await button('同意').click();
    await phone.getByText('内容已复制').waitFor();
    await button('生成数据文件').click();
    await button('发送到聊天').waitFor();
    expect(await faultsOf(workbench.frame())).toEqual([]);
    await button('发送到聊天').click();
    const download = workbench.page.waitForEvent('download');
    await button('文件传输助手').click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('我的数据.json');
    const { tables } = JSON.parse(readFileSync(await file.path(), 'utf8')) as { tables: { users: object[] } };
    expect(tables.users).toMatchObject([{ id: await userOn(1) }]);
    const late = `new Promise((resolve) => setTimeout(() =>
      wx.shareFileMessage({ filePath: 'http://usr/my-data.json', fail: ({ errMsg }) => resolve(errMsg) }), 100))`;
    expect(await workbench.inPhone(late)).toBe(
      'shareFileMessage:fail can only be invoked by user TAP gesture.',
    );
  });

  it('is gone after the cooling-off: the login of who has deleted it, or closed it in WeChat, makes an empty one', async () => {
    workbench.expectsAnswers(401);
    await workbench.addSecondPhone();
    await workbench.setUser(`${workbench.user}-elsewhere`, 2);
    await workbench.add('注销之前', 2);
    await workbench.synced(2);
    const former = { 1: await userOn(1), 2: await userOn(2) };
    await closeAccount();
    await leave(2);
    await button('返回我的', 2).click();
    // The erasure ends this session: the phone shows when it has happened.
    await button('微信登录', 2).click();
    await button('撤销注销', 2).waitFor();
    expect(await userOn(2)).toBe(former[2]);
    await button('返回', 2).click();
    await workbench.openTab('待办清单', 2);
    await workbench.phone(2).getByText('注销之前', { exact: true }).waitFor();

    await daysPass(COOLING_OFF_DAYS + 1);
    await workbench.reopen(1);
    for (const id of [2, 1] as const) {
      const phone = workbench.phone(id);
      await phone.getByText(LOGGED_OUT).waitFor();
      await button('微信登录', id).click();
      await button('返回', id).click();
      expect(await userOn(id)).not.toBe(former[id]);
      await workbench.openTab('待办清单', id);
      await workbench.synced(id);
      expect(await phone.getByText('注销之前').count()).toBe(0);
      await workbench.openTab('我的', id);
      await phone.getByText('未绑定').waitFor();
    }
  });
});
