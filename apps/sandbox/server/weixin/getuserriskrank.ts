import { randomInt } from 'node:crypto';
import type { WeixinEndpoint } from './endpoint.js';
import { textOf } from './post-body.js';

const SCENES: readonly unknown[] = [0, 1];

/**
 * How risky WeChat finds a user: `{errcode: 0, errmsg, risk_rank, unoin_id}`, `risk_rank` 0 to 4. The name `unoin_id` is
 * WeChat's; it is the number of the request.
 * Body: `appid`, `openid`, `scene` (0 sign-up, 1 marketing), `client_ip`; more is allowed.
 * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/safety-control-capability/api_getuserriskrank.html
 */
export const getuserriskrank: WeixinEndpoint = {
  method: 'POST',
  path: '/wxa/getuserriskrank',
  family: 'wxa',
  needsAccessToken: true,
  answer(state, { body, appid }) {
    if (!SCENES.includes(body['scene'])) return 40129;
    if (!textOf(body['client_ip'])) return 47001;
    if (body['appid'] !== appid) return 43104;
    const visitor = state.visits.visitor(appid, textOf(body['openid']));
    if (typeof visitor === 'number') return visitor;
    const risk_rank = state.users.of(visitor.user).riskRank;
    return { errcode: 0, errmsg: 'getuserriskrank succ', risk_rank, unoin_id: randomInt(2 ** 32) };
  },
};
