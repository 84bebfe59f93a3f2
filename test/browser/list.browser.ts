import { expect, it } from 'vitest';
import { useDesk } from './desk.js';

const desk = useDesk();

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
  await desk.synced();
  await desk.setNetwork('Off');
  await desk.add('离线写的');
  await desk.phone().getByText('离线中').waitFor();
  await desk.reopen();
  await desk.phone().getByText('离线写的').waitFor();
  await desk.setNetwork('Online');
  await desk.synced();
  await desk.addSecondPhone();
  await desk.phone(2).getByText('离线写的').waitFor();
});

it('is one list on two phones, even when both wrote without a network', async () => {
  desk.expectsAnswers(412);
  await desk.synced();
  await desk.addSecondPhone();
  await desk.synced(2);
  for (const id of [1, 2]) await desk.setNetwork('Off', id);
  for (const id of [1, 2]) await desk.add(`第 ${id} 部手机写的`, id);
  for (const id of [1, 2]) await desk.setNetwork('Online', id);
  for (const id of [1, 2]) await desk.synced(id);
  await desk.panel(1).getByRole('button', { name: 'Pull down' }).click();
  for (const id of [1, 2]) {
    await desk.phone(id).getByText('第 1 部手机写的').waitFor();
    await desk.phone(id).getByText('第 2 部手机写的').waitFor();
  }
});

it('loses nothing when answers get lost on their way', async () => {
  await desk.synced();
  desk.expectsAnswers(412);
  await desk.setNetwork('Lossy');
  await desk.add('第一项');
  await desk.add('第二项');
  await desk.setNetwork('Online');
  await desk.panel().getByRole('button', { name: 'Pull down' }).click();
  await desk.synced();
  await desk.reopen();
  await desk.phone().getByText('第一项').waitFor();
  await desk.phone().getByText('第二项').waitFor();
  expect(await desk.phone().getByRole('checkbox').count()).toBe(2);
});

it('ticks, edits, folds and deletes', async () => {
  const phone = desk.phone();
  await desk.add('买牛奶');
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
  await desk.synced();
  await desk.visit('swiper', { hasTouch: true });
  await desk.add('划掉');
  await desk.inPhone(SWIPE_LEFT);
  await desk.phone().getByRole('button', { name: '删除', exact: true }).tap();
  await desk.phone().getByText('已删除「划掉」').waitFor();
});

it('is refreshed by pulling it down', async () => {
  await desk.synced();
  const sent = desk.sent();
  const box = await desk.page.locator('iframe').first().boundingBox();
  const [x, y] = [(box?.x ?? 0) + 180, (box?.y ?? 0) + 350];
  await desk.page.mouse.move(x, y);
  await desk.page.mouse.down();
  await desk.page.mouse.move(x, y + 120, { steps: 6 });
  await desk.page.mouse.up();
  await expect.poll(() => sent.count('/api/weixin/data')).toBe(1);
  await desk.synced();
});

it('can be used by keyboard alone', async () => {
  await desk.add('键盘');
  await desk.phone().getByRole('checkbox', { name: '键盘' }).focus();
  await desk.page.keyboard.press('Space');
  await desk.phone().getByText('已完成 1').waitFor();
});
