import type { WeixinProblem } from '../api/weixin-problems.js';

/** One row of the table of errcodes. */
export interface WeixinErrcode extends WeixinProblem {
  /** WeChat's words, without what varies. */
  readonly errmsg: string;
  readonly cause: { readonly en: string; readonly zh: string };
  readonly fix: { readonly en: string; readonly zh: string };
}
