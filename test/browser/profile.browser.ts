import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { useWorkbench } from './workbench.js';

const workbench = useWorkbench();
const { paths } = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8')) as {
  paths: object;
};

beforeEach(async () => {
  await workbench.openTab('我的');
  await workbench.phone().getByText('本机').waitFor();
});

/** As the phone invents it from the name of the user. */
const nickname = () => workbench.user.charAt(0).toUpperCase() + workbench.user.slice(1);

/** The first of these asks for consent. */
async function agree(): Promise<void> {
  await workbench
    .phone()
    .getByRole('dialog', { name: '用户隐私保护提示' })
    .getByRole('button', { name: '同意', exact: true })
    .click();
}

describe('the avatar', () => {
  it('is chosen after consent, and is there after a reload', async () => {
    await workbench.phone().getByRole('button', { name: '选择头像' }).click();
    await agree();
    await workbench.phone().getByRole('button', { name: '头像 3' }).click();
    await workbench.phone().locator('wx-image img').waitFor();
    await workbench.page.reload();
    await workbench.openTab('我的');
    await workbench.phone().locator('wx-image img').waitFor();
  });

  it('is not chosen without consent', async () => {
    await workbench.phone().getByRole('button', { name: '选择头像' }).click();
    await workbench.phone().getByRole('button', { name: '不同意' }).click();
    await workbench.phone().getByText('未同意隐私指引，无法使用此功能').waitFor();
    expect(await workbench.phone().getByText('选择头像').count()).toBe(0);
  });
});

describe('the nickname', () => {
  it('is offered by WeChat and saved by the form', async () => {
    await workbench.phone().getByRole('textbox', { name: '昵称' }).click();
    await workbench
      .phone()
      .getByRole('button', { name: `用微信昵称：${nickname()}` })
      .click();
    await workbench.phone().getByRole('button', { name: '保存' }).click();
    await workbench.phone().getByText('已保存').waitFor();
    await workbench.page.reload();
    await workbench.openTab('我的');
    await workbench.phone().getByText(nickname(), { exact: true }).waitFor();
  });
});

describe.runIf('/api/me/phone' in paths)('the phone number', () => {
  it('is bound after consent, and shown masked', async () => {
    await workbench.phone().getByRole('button', { name: '绑定' }).click();
    await agree();
    await workbench.phone().getByRole('button', { name: '允许', exact: true }).click();
    await workbench
      .phone()
      .getByText(/^1\d{2}\*{4}\d{4}$/)
      .waitFor();
  });

  it('stays unbound when the user refuses', async () => {
    await workbench.phone().getByRole('button', { name: '绑定' }).click();
    await agree();
    await workbench.phone().getByRole('button', { name: '不允许' }).click();
    await workbench.phone().getByText('未授权，手机号没有绑定').waitFor();
    await workbench.phone().getByText('未绑定').waitFor();
  });
});
