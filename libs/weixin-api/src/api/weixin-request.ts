import type { WeixinProblems } from './weixin-problems.js';

/** One call of WeChat's server API. */
export interface WeixinRequest {
  readonly method: 'GET' | 'POST';
  /** Begins with a slash; without a query. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object;
  /** What errcodes mean at this endpoint, where they mean something else than elsewhere. */
  readonly problems?: WeixinProblems;
  /**
   * Whether errcode -1 (busy) is worth a second try after a moment, within the same deadline. Never with a one-use code: it
   * may be used up.
   */
  readonly retryBusy?: boolean;
}

/** Every text a request sends, at any depth: none of it may be logged. */
export function textsOf({ query = {}, body }: WeixinRequest): string[] {
  const texts: string[] = Object.values(query);
  const visit = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(body);
  return texts;
}
