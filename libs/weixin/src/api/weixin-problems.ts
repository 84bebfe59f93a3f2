import { Problem, type ProblemCode } from '@app/problem';

/** What an errcode means to a client. */
interface WeixinProblem {
  readonly code: ProblemCode;
  /** When a retry makes sense, where WeChat's documents let us say. */
  readonly retryAfterSeconds?: number;
}

/** errcode → problem. */
export type WeixinProblems = Readonly<Record<number, WeixinProblem>>;

/** The errcode behind an error, if it is a refusal of WeChat. */
export function errcodeOf(error: unknown): number | undefined {
  const errcode = error instanceof Problem && error.options.members?.['weixin_errcode'];
  return typeof errcode === 'number' ? errcode : undefined;
}

/**
 * The only place where an errcode meets HTTP. An errcode that is not here becomes `weixin_unavailable`.
 * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session.html
 */
export const WEIXIN_PROBLEMS: WeixinProblems = {
  [-1]: { code: 'weixin_busy', retryAfterSeconds: 1 },
  40002: { code: 'weixin_misconfigured' }, // grant_type
  40013: { code: 'weixin_misconfigured' }, // appid
  40029: { code: 'login_code_invalid' },
  40125: { code: 'weixin_misconfigured' }, // AppSecret
  40163: { code: 'login_code_used' }, // not in the official table, seen in the field
  40164: { code: 'weixin_misconfigured' }, // IP whitelist
  40226: { code: 'login_blocked' },
  40243: { code: 'weixin_misconfigured' }, // AppSecret frozen
  41002: { code: 'weixin_misconfigured' }, // appid missing
  41004: { code: 'weixin_misconfigured' }, // AppSecret missing
  41008: { code: 'weixin_misconfigured' }, // code missing
  45009: { code: 'weixin_busy', retryAfterSeconds: 3600 }, // quota of the day
  45011: { code: 'login_rate_limited', retryAfterSeconds: 60 },
  50002: { code: 'login_blocked' },
};
