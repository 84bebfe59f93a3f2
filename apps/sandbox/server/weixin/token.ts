import { tokenAnswer } from '../state/access-tokens.js';
import type { WeixinEndpoint } from './endpoint.js';
import { refuseClient } from './refuse-client.js';

/**
 * The older way to an access token, which knows nothing of stable_token: `{access_token, expires_in}`.
 * Parameters, all needed: `grant_type=client_credential`, `appid`, `secret`.
 * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getaccesstoken.html
 */
export const token: WeixinEndpoint = {
  method: 'GET',
  path: '/cgi-bin/token',
  family: 'cgi-bin',
  needsAccessToken: false,
  answer(state, { query, ip }) {
    const [appid, secret, grant_type] = [query('appid'), query('secret'), query('grant_type')];
    const errcode = refuseClient(state, { appid, secret, grant_type, ip });
    if (errcode) return errcode;
    const latest = state.latestTokens.take(appid);
    return typeof latest === 'number' ? latest : tokenAnswer(latest);
  },
};
