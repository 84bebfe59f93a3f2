import type { WeixinEndpoint } from './endpoint.js';
import { refuseSignature } from './signature.js';

/**
 * Replaces the user's session_key: `{errcode: 0, errmsg, openid, session_key}`. The new one lives no longer than the old
 * one would have. Parameters as of checksession.
 * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_resetusersessionkey.html
 */
export const resetusersessionkey: WeixinEndpoint = {
  method: 'GET',
  path: '/wxa/resetusersessionkey',
  family: 'wxa',
  needsAccessToken: true,
  answer(state, call) {
    const errcode = refuseSignature(state, call);
    if (errcode) return errcode;
    const openid = call.query('openid');
    return {
      errcode: 0,
      errmsg: 'ok',
      openid,
      session_key: state.sessionKeys.reset({ appid: call.appid, openid }),
    };
  },
};
