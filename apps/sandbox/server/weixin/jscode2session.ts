import { DEFAULT_USER, identityOf } from '../state/identity.js';
import type { LoginCode } from '../state/login-codes.js';
import { refuseCredential } from './credential.js';
import type { WeixinEndpoint } from './endpoint.js';

/**
 * What the devtools' `wx.login()` gives in a project with no AppID. It logs in the user `alice`, any number of times.
 * The sandbox adds a form for other users: `the code is a mock one of bob`.
 */
const MOCK_CODE = /^the code is a mock one(?: of (.{1,64}))?$/s;

/** The session_key of a mock login: always the same, so that documentation can show open data that decrypts. */
const MOCK_SESSION_KEY = Buffer.from('mock session_key').toString('base64');

/**
 * Exchanges the code of `wx.login()`: `{session_key, openid, unionid}`, without errcode; an unbound app gets no unionid.
 * Parameters, all needed: `appid`, `secret`, `js_code`, `grant_type=authorization_code`.
 * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session
 */
export const jscode2session: WeixinEndpoint = {
  method: 'GET',
  path: '/sns/jscode2session',
  family: 'sns',
  needsAccessToken: false,
  answer(state, { query }) {
    const [appid, secret, js_code] = [query('appid'), query('secret'), query('js_code')];
    const errcode = refuseCredential(state, appid, secret);
    if (errcode) return errcode;
    if (!js_code) return 41008;
    if (query('grant_type') !== 'authorization_code') return 40002;

    const mock = MOCK_CODE.exec(js_code);
    const code = mock ? mockCode(appid, mock[1]) : state.loginCodes.find(js_code);
    if (code?.identity.appid !== appid) return 40029;
    if (code.used) return 40163;
    const { openid, unionid } = code.identity;
    // Before the code is consumed: a client that gets 45011 may retry with the same code.
    if (!state.exchangeQuota.take(openid)) return 45011;
    code.used = true;
    state.visits.note(code.identity);
    if (mock) state.sessionKeys.rotate(code.identity, MOCK_SESSION_KEY);
    const session_key = state.sessionKeys.current(code.identity);
    return { session_key, openid, ...(!state.appModes.of(appid).unbound && { unionid }) };
  },
};

function mockCode(appid: string, user = DEFAULT_USER): LoginCode {
  return { identity: identityOf(appid, user), used: false };
}
