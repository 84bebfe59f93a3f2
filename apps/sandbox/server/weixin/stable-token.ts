import { tokenAnswer } from '../state/access-tokens.js';
import type { WeixinEndpoint } from './endpoint.js';
import { textOf } from './post-body.js';
import { refuseClient } from './refuse-client.js';

/**
 * The access token that many back ends can share: `{access_token, expires_in}`, 300 to 7200 seconds.
 * Body: `grant_type` (client_credential), `appid`, `secret`, `force_refresh?`.
 * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getstableaccesstoken.html
 */
export const stableToken: WeixinEndpoint = {
  method: 'POST',
  path: '/cgi-bin/stable_token',
  family: 'cgi-bin',
  needsAccessToken: false,
  answer(state, { body, ip }) {
    const text = (name: string) => textOf(body[name]);
    const [appid, secret, grant_type] = [text('appid'), text('secret'), text('grant_type')];
    const errcode = refuseClient(state, { appid, secret, grant_type, ip });
    if (errcode) return errcode;
    const token = state.stableTokens.take(appid, body['force_refresh'] === true);
    return typeof token === 'number' ? token : tokenAnswer(token);
  },
};
