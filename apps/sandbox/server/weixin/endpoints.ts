import { msgSecCheck } from '../content-check/msg-sec-check.js';
import { jscode2session } from '../login/jscode2session.js';
import { getuserphonenumber } from '../phone-number/getuserphonenumber.js';
import { getuserriskrank } from '../risk-rank/getuserriskrank.js';
import { checksession } from '../session-key/checksession.js';
import { resetusersessionkey } from '../session-key/resetusersessionkey.js';
import { stableToken } from '../token/stable-token.js';
import { token } from '../token/token.js';
import type { WeixinEndpoint } from './endpoint.js';

/** WeChat's side of the sandbox, whole. */
export const WEIXIN_ENDPOINTS: readonly WeixinEndpoint[] = [
  jscode2session,
  stableToken,
  token,
  getuserphonenumber,
  checksession,
  resetusersessionkey,
  getuserriskrank,
  msgSecCheck,
];

/** The paths that can be counted and faulted. */
export const WEIXIN_PATHS: readonly string[] = WEIXIN_ENDPOINTS.map(({ path }) => path);
