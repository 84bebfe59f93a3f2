import { Problem, type ProblemCode, type ProblemOptions } from '@app/problem';

/** The problem that clients get for an errcode. */
export interface WeixinProblem {
  readonly code: ProblemCode;
  /** Seconds after which a retry can succeed, if WeChat documents it. */
  readonly retryAfterSeconds?: number;
}

/** Problems by errcode. */
export type WeixinProblems = Readonly<Record<number, WeixinProblem>>;

/** Reports that WeChat has answered with an errcode. */
export class WeixinRefusal extends Problem {
  /**
   * @param errmsg the redacted errmsg of WeChat. It may contain addresses of this service, so clients must not get it.
   */
  constructor(
    readonly errcode: number,
    readonly errmsg: string,
    code: ProblemCode,
    options: ProblemOptions,
  ) {
    super(code, options);
  }
}
