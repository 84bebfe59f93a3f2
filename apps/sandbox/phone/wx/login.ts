import { APPID } from '../link.js';
import { PHONE_HEADERS, USER } from '../runtime/phone.js';
import { answer, type Callbacks, Failure } from './callbacks.js';
import { travel } from './network.js';
import { postLocalMessage } from './local-message.js';

/** Asks the sandbox for a code, over the phone's network. @param kind `codes` of wx.login, `phone-codes` of the button */
export async function codeOf(kind: 'codes' | 'phone-codes'): Promise<string> {
  await travel().catch((error: unknown) => {
    postLocalMessage('wechat', kind === 'codes' ? 'wx.login()' : 'getPhoneNumber', error);
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

const MAX_LOGINS_A_SECOND = 4;
let lately: number[] = [];

function isTooOften(): boolean {
  const now = performance.now();
  lately = [...lately.filter((at) => now - at < 1000), now];
  return lately.length > MAX_LOGINS_A_SECOND;
}

/** @see https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.login.html */
export const loginFunctions = {
  // Without a callback it returns no promise: its document promises none.
  login: (options?: Callbacks) =>
    void answer('login', { fail: () => undefined, ...options }, async () => {
      if (isTooOften()) throw new Failure('too frequent: at most 4 logins a second');
      return { code: await codeOf('codes') };
    }),
  checkSession: (options?: Callbacks) =>
    answer('checkSession', options, () => travel().then(() => undefined)),
};
