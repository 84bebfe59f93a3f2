import type { WeixinProblems } from './weixin-problems.js';

/** One call of WeChat's server API. */
export interface WeixinRequest {
  readonly method: 'GET' | 'POST';
  /** Begins with a slash; without a query. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object;
  /** The problems of errcodes that have another meaning at this endpoint than elsewhere. */
  readonly problems?: WeixinProblems;
  /**
   * Whether to retry once after errcode -1 (busy), within the same deadline. Never set it for a one-use code, which may be
   * used up.
   */
  readonly retryBusy?: boolean;
}

/** Returns all strings of a request, at any depth. They must not be logged. */
export function textsOf({ query = {}, body }: WeixinRequest): string[] {
  const texts: string[] = Object.values(query);
  const visit = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(body);
  return texts;
}
