import { expect, it } from 'vitest';
import { useWorkbench } from './workbench.js';

const workbench = useWorkbench();

/** In the phone: moves a finger over the first entry, which Playwright cannot. */
const SWIPE_LEFT = `{
  const target = document.querySelector('wx-view[class*="row"]');
  const at = (type, clientX) => {
    const touch = new Touch({ identifier: 1, target, clientX, clientY: 100 });
    const touches = type === 'touchend' ? [] : [touch];
    const init = { touches, changedTouches: [touch], bubbles: true, composed: true };
    target.dispatchEvent(new TouchEvent(type, init));
  };
  at('touchstart', 200);
  at('touchmove', 100);
  at('touchend', 100);
}`;

it('works without a network, and catches up when there is one again', async () => {
  await workbench.synced();
  await workbench.setNetwork('Off');
  await workbench.add('离线写的');
  await workbench.phone().getByText('离线中').waitFor();
  await workbench.reopen();
  await workbench.phone().getByText('离线写的').waitFor();
  await workbench.setNetwork('Online');
  await workbench.synced();
  await workbench.addSecondPhone();
  await workbench.phone(2).getByText('离线写的').waitFor();
});

it('is one list on two phones, even when both wrote without a network', async () => {
  workbench.expectsAnswers(412);
  await workbench.synced();
  await workbench.addSecondPhone();
  await workbench.synced(2);
  for (const id of [1, 2]) await workbench.setNetwork('Off', id);
  for (const id of [1, 2]) await workbench.add(`第 ${id} 部手机写的`, id);
  for (const id of [1, 2]) await workbench.setNetwork('Online', id);
  for (const id of [1, 2]) await workbench.synced(id);
  await workbench.panel(1).getByRole('button', { name: 'Pull down' }).click();
  for (const id of [1, 2]) {
    await workbench.phone(id).getByText('第 1 部手机写的').waitFor();
    await workbench.phone(id).getByText('第 2 部手机写的').waitFor();
  }
});

it('loses nothing when answers get lost on their way', async () => {
  await workbench.synced();
  workbench.expectsAnswers(412);
  await workbench.setNetwork('Lossy');
  await workbench.add('第一项');
  await workbench.add('第二项');
  await workbench.setNetwork('Online');
  await workbench.panel().getByRole('button', { name: 'Pull down' }).click();
  await workbench.synced();
  await workbench.reopen();
  await workbench.phone().getByText('第一项').waitFor();
  await workbench.phone().getByText('第二项').waitFor();
  expect(await workbench.phone().getByRole('checkbox').count()).toBe(2);
});

it('ticks, edits, folds and deletes', async () => {
  const phone = workbench.phone();
  await workbench.add('买牛奶');
  await phone.getByRole('button', { name: '修改：买牛奶' }).click();
  await phone.getByRole('textbox', { name: '修改内容' }).fill('买两瓶牛奶');
  await phone.getByRole('textbox', { name: '修改内容' }).press('Enter');
  await phone.getByRole('checkbox', { name: '买两瓶牛奶' }).click();
  await phone.getByText('已完成 1').click();
  await phone.getByText('买两瓶牛奶').waitFor({ state: 'detached' });
  await phone.getByText('已完成 1').click();
  await phone.getByRole('button', { name: '删除：买两瓶牛奶' }).click();
  await phone.getByText('还没有待办事项').waitFor();
  await phone.getByRole('button', { name: '撤销' }).click();
  await phone.getByText('已完成 1').waitFor();
});

it('deletes what is swiped to the left', async () => {
  await workbench.synced();
  await workbench.visit('swiper', { hasTouch: true });
  await workbench.add('划掉');
  await workbench.inPhone(SWIPE_LEFT);
  await workbench.phone().getByRole('button', { name: '删除', exact: true }).tap();
  await workbench.phone().getByText('已删除「划掉」').waitFor();
});

it('is refreshed by pulling it down', async () => {
  await workbench.synced();
  const sent = workbench.sent();
  const box = await workbench.page.locator('iframe').first().boundingBox();
  const [x, y] = [(box?.x ?? 0) + 180, (box?.y ?? 0) + 350];
  await workbench.page.mouse.move(x, y);
  await workbench.page.mouse.down();
  await workbench.page.mouse.move(x, y + 120, { steps: 6 });
  await workbench.page.mouse.up();
  await expect.poll(() => sent.count('/api/weixin/data')).toBe(1);
  await workbench.synced();
});

it('can be used by keyboard alone', async () => {
  await workbench.add('键盘');
  await workbench.phone().getByRole('checkbox', { name: '键盘' }).focus();
  await workbench.page.keyboard.press('Space');
  await workbench.phone().getByText('已完成 1').waitFor();
});
