import { Problem, type ProblemCode, type ProblemOptions } from '@app/problem';

/** What an errcode means to a client. */
export interface WeixinProblem {
  readonly code: ProblemCode;
  /** When a retry makes sense, where WeChat's documents let us say. */
  readonly retryAfterSeconds?: number;
}

/** errcode → problem. */
export type WeixinProblems = Readonly<Record<number, WeixinProblem>>;

/** WeChat has answered with an errcode. */
export class WeixinRefusal extends Problem {
  /**
   * @param errmsg WeChat's words without secrets. They name addresses of ours: for the operator, never for a client.
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
