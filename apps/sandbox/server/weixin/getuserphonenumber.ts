import type { WeixinEndpoint } from './endpoint.js';
import { textOf } from './post-body.js';

/**
 * Tells the phone number that a getPhoneNumber button's code stands for: `{errcode: 0, errmsg, phone_info}`.
 * Body: `code`, not one of `wx.login()`.
 * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber
 */
export const getuserphonenumber: WeixinEndpoint = {
  method: 'POST',
  path: '/wxa/business/getuserphonenumber',
  family: 'wxa/business',
  needsAccessToken: true,
  answer(state, { body, appid }) {
    const code = state.phoneCodes.find(textOf(body['code']));
    if (!code || code.used) return 40029;
    if (code.appid !== appid) return 40013;
    code.used = true;
    const watermark = { timestamp: Math.floor(code.pressedAt / 1000), appid };
    return { errcode: 0, errmsg: 'ok', phone_info: { ...code.phone, watermark } };
  },
};
