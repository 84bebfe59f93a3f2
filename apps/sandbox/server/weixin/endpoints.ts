import { checksession } from './checksession.js';
import type { WeixinEndpoint } from './endpoint.js';
import { getuserphonenumber } from './getuserphonenumber.js';
import { getuserriskrank } from './getuserriskrank.js';
import { jscode2session } from './jscode2session.js';
import { msgSecCheck } from './msg-sec-check.js';
import { resetusersessionkey } from './resetusersessionkey.js';
import { stableToken } from './stable-token.js';
import { token } from './token.js';

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
