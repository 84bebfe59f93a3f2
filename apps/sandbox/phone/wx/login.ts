import { APPID, PHONE_HEADERS, USER } from '../runtime/phone.js';
import { answer, type Callbacks } from './callbacks.js';
import { travel } from './network.js';
import { tellLocal } from './local-message.js';

/** Asks the sandbox for a code, over the phone's network. @param kind `codes` of wx.login, `phone-codes` of the button */
export async function codeOf(kind: 'codes' | 'phone-codes'): Promise<string> {
  await travel().catch((error: unknown) => {
    tellLocal('wechat', kind === 'codes' ? 'wx.login()' : 'getPhoneNumber', error);
    throw error;
  });
  const response = await fetch(`/sandbox/${kind}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...PHONE_HEADERS },
    body: JSON.stringify({ appid: APPID, user: USER }),
  });
  if (!response.ok) throw new Error(`the sandbox answers ${response.status}`);
  const { code } = (await response.json()) as { code: string };
  await travel();
  return code;
}

/** @see https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.login.html */
export const loginFunctions = {
  login: (options?: Callbacks) => answer('login', options, async () => ({ code: await codeOf('codes') })),
  checkSession: (options?: Callbacks) =>
    answer('checkSession', options, () => travel().then(() => undefined)),
};
