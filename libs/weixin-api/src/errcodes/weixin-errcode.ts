import type { WeixinProblem } from '../api/weixin-problems.js';

/** One row of the table of errcodes. */
export interface WeixinErrcode extends WeixinProblem {
  /** The errmsg of WeChat, without its variable parts. */
  readonly errmsg: string;
  readonly cause: { readonly en: string; readonly zh: string };
  readonly fix: { readonly en: string; readonly zh: string };
}
