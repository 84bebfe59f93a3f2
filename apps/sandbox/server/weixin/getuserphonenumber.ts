import { DEFAULT_USER } from '../state/identity.js';
import type { PhoneCode } from '../state/phone-codes.js';
import { phoneNumberOf } from '../state/phone-number.js';
import type { SandboxState } from '../state/state.js';
import type { WeixinEndpoint } from './endpoint.js';
import { textOf } from './post-body.js';

/** Not of WeChat: gives the number of `alice`, any number of times, so that documentation can show a call that works. */
const MOCK_PHONE_CODE = 'the phone code is a mock one';

/**
 * Returns the phone number of a getPhoneNumber button's code: `{errcode: 0, errmsg, phone_info}`.
 * Body: `code`, not one of `wx.login()`.
 * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber
 */
export const getuserphonenumber: WeixinEndpoint = {
  method: 'POST',
  path: '/wxa/business/getuserphonenumber',
  family: 'wxa/business',
  needsAccessToken: true,
  answer(state, { body, appid }) {
    const text = textOf(body['code']);
    const code = text === MOCK_PHONE_CODE ? mockCode(state, appid) : state.phoneCodes.find(text);
    if (!code || code.used) return 40029;
    if (code.appid !== appid) return 40013;
    code.used = true;
    const watermark = { timestamp: Math.floor(code.pressedAt / 1000), appid };
    return { errcode: 0, errmsg: 'ok', phone_info: { ...code.phone, watermark } };
  },
};

function mockCode(state: SandboxState, appid: string): PhoneCode {
  return {
    appid,
    phone: phoneNumberOf(state.users.of(DEFAULT_USER).phone),
    pressedAt: Date.now(),
    used: false,
  };
}
