import type { WeixinEndpoint } from './endpoint.js';
import { refuseSignature } from './signature.js';

/**
 * Whether a session_key is still the user's: 0, or 87009 where it was replaced or has expired.
 * Parameters, all needed: `openid`, `signature` by the session_key, `sig_method=hmac_sha256`.
 * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_checksessionkey.html
 */
export const checksession: WeixinEndpoint = {
  method: 'GET',
  path: '/wxa/checksession',
  family: 'wxa',
  needsAccessToken: true,
  answer: (state, call) => refuseSignature(state, call) ?? { errcode: 0, errmsg: 'ok' },
};
