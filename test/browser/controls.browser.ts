import { beforeEach, describe, expect, it } from 'vitest';
import { useWorkbench } from './workbench.js';

const workbench = useWorkbench();

beforeEach(async () => {
  await workbench.synced();
  await workbench.page.getByText('WeChat and the clock').click();
});

describe('the controls', () => {
  it('let WeChat refuse logins, and accept them again', async () => {
    workbench.expectsAnswers(401, 502, 503);
    const logins = workbench.page.getByRole('combobox', { name: 'Logins at WeChat' });
    await logins.selectOption('get 40029 invalid code');
    await workbench.setUser(`${workbench.user}-refused`);
    await workbench.page.locator('.refused .label', { hasText: '40029 invalid code' }).first().waitFor();
    await logins.selectOption('work');
    await workbench.reopen();
    await workbench.synced();
  });

  it('set the modes of the app: without an Open Platform WeChat gives no unionid', async () => {
    await workbench.page.getByRole('checkbox', { name: 'no unionid' }).check();
    await workbench.setUser(`${workbench.user}-unbound`);
    await workbench.synced();
    const answers = workbench.page.locator('.label', { hasText: 'session_key · openid' });
    expect((await answers.last().textContent())?.trim()).toBe('session_key · openid');
  });

  it('expire the access token: the next call refreshes once', async () => {
    const sent = workbench.sent();
    await workbench.page.getByRole('button', { name: 'Expire the access token' }).click();
    await workbench.page.locator('.token-access .clock', { hasText: 'expired' }).waitFor();
    await workbench.add('过期之后');
    await workbench.synced();
    expect(sent.renewals).toEqual({ codes: 0, logins: 0, refreshes: 1 });
    expect(await workbench.page.locator('.token-access .clock').textContent()).toMatch(/^(4:5\d|5:00)$/);
  });
});

describe('the buttons by which a person withdraws data in WeChat', () => {
  it('remove the phone number from the profile in the mini-program', async () => {
    const phone = workbench.phone();
    await workbench.openTab('我的');
    await phone.getByRole('button', { name: '绑定' }).click();
    const dialog = phone.getByRole('dialog', { name: '用户隐私保护提示' });
    await dialog.getByRole('button', { name: '同意', exact: true }).click();
    await phone.getByRole('button', { name: '允许', exact: true }).click();
    await phone.getByText(/^1\d{2}\*{4}\d{4}$/).waitFor();
    await workbench.page.getByRole('button', { name: 'Withdraw the phone number' }).click();
    await workbench.page.getByText(`WeChat has reported it to the service, for ${workbench.user}.`).waitFor();
    await workbench.reopen();
    await workbench.openTab('我的');
    await phone.getByText('未绑定').waitFor();
  });
});

describe('the users', () => {
  it('are remembered, and the second phone is the same person’s', async () => {
    await workbench.setUser('first-of-all');
    await workbench.setUser('second');
    await workbench.page.evaluate(`{
      const workbench = JSON.parse(localStorage.getItem('workbench'));
      delete workbench.phones['2'];
      localStorage.setItem('workbench', JSON.stringify(workbench));
    }`);
    await workbench.page.reload();
    await workbench.addSecondPhone();
    const field = workbench.panel(2).getByRole('combobox', { name: 'WeChat user' });
    expect(await field.inputValue()).toBe('second');
    await field.focus();
    const names = 'Array.from(document.querySelectorAll("#users-2 option"), ({ value }) => value)';
    expect((await workbench.page.evaluate<string[]>(names)).slice(0, 2)).toEqual(['second', 'first-of-all']);
  });
});
