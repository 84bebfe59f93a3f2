import type { ProblemCode } from './problems.js';

/** The problems of a route with a JSON body, for its `@ApiProblems()`. */
export const BODY_PROBLEMS = [
  'validation_failed',
  'payload_too_large',
  'unsupported_media_type',
] as const satisfies readonly ProblemCode[];

/** The problems of a route that calls WeChat on behalf of an app. */
export const WEIXIN_CALL_PROBLEMS = [
  'app_unknown',
  'weixin_busy',
  'weixin_timeout',
  'weixin_unavailable',
  'weixin_misconfigured',
] as const satisfies readonly ProblemCode[];

/** The problems of a route that exchanges a code of `wx.login()`. */
export const LOGIN_CODE_PROBLEMS = [
  'login_code_invalid',
  'login_code_used',
  'login_blocked',
  'login_rate_limited',
  ...WEIXIN_CALL_PROBLEMS,
] as const satisfies readonly ProblemCode[];
