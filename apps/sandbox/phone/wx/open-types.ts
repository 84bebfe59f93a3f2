import { defineOpenType, type WxButton } from '../elements/button.js';
import { html, htmlButton } from '../html.js';
import { AVATARS } from '../runtime/avatars.js';
import { handOut } from '../runtime/files.js';
import { openSheet } from '../runtime/sheet.js';
import { Failure } from './callbacks.js';
import { agree, consent } from './privacy.js';
import { codeOf } from './login.js';

/** Says what the buttons with an `open-type` do on this phone. */
export function defineOpenTypes(): void {
  defineOpenType('getPhoneNumber', (button) => void answerWith(button, 'getPhoneNumber', getPhoneNumber));
  defineOpenType('chooseAvatar', (button) => void answerWith(button, 'chooseAvatar', chooseAvatar));
  defineOpenType('agreePrivacyAuthorization', (button) => {
    agree();
    button.answer('agreeprivacyauthorization', { errMsg: 'agreePrivacyAuthorization:ok' });
  });
}

/**
 * Raises the button's event; a refusal is an event too, whose detail has an errMsg and no result.
 * @see https://developers.weixin.qq.com/miniprogram/dev/component/button.html
 */
async function answerWith(
  button: WxButton,
  name: string,
  ask: () => Promise<object | undefined>,
): Promise<void> {
  try {
    await consent(name);
    const detail = await ask();
    // Giving up the choice of an avatar raises nothing.
    if (detail) button.answer(name.toLowerCase(), { ...detail, errMsg: `${name}:ok` });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    button.answer(name.toLowerCase(), {
      ...(error instanceof Failure && error.members),
      errMsg: `${name}:fail ${reason}`,
    });
  }
}

async function getPhoneNumber(): Promise<object> {
  const choice = await openSheet('bottom', '申请获取并验证你的手机号', (choose) => [
    html('p', 'bottom-title', '申请获取并验证你的手机号'),
    html('p', 'bottom-text', '沙箱为每位用户准备了一个号码。'),
    htmlButton('bottom-item', '允许', () => choose(1)),
    htmlButton('bottom-item bottom-cancel', '不允许', () => choose()),
  ]);
  if (choice !== 1) throw new Error('user deny');
  return { code: await codeOf('phone-codes') };
}

async function chooseAvatar(): Promise<object | undefined> {
  const names = [...AVATARS.keys()];
  const choice = await openSheet('bottom', '选择头像', (choose) => [
    html('p', 'bottom-title', '选择头像'),
    html(
      'div',
      'avatars',
      ...[...AVATARS.values()].map((address, index) => avatarButton(address, index, choose)),
    ),
    htmlButton('bottom-item bottom-cancel', '取消', () => choose()),
  ]);
  return choice === undefined ? undefined : { avatarUrl: handOut(names[choice] ?? '') };
}

function avatarButton(address: string, index: number, choose: (choice: number) => void): HTMLButtonElement {
  const button = htmlButton('avatar-choice', '', () => {
    choose(index);
  });
  button.ariaLabel = `头像 ${index + 1}`;
  const picture = html('img', '');
  picture.src = address;
  picture.alt = '';
  button.append(picture);
  return button;
}
