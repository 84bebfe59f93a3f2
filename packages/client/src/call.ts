/** Methods of `wx.request`, which has no PATCH. */
export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';

/** What every call takes. */
export interface CallOptions {
  /** Below the base URL. */
  path: string;
  /** Added to the path; `undefined` members are left out. */
  query?: Readonly<Record<string, string | number | boolean | undefined>>;
  header?: Readonly<Record<string, string>>;
  /** Deadline of each attempt, in milliseconds. Default: that of `createPassport`; for files 60,000. */
  timeoutMs?: number;
  /**
   * `required`: logs in if need be. `optional`: in the user’s name if one is logged in, else without a token. `none`: without a token.
   * Default: required.
   */
  auth?: 'required' | 'optional' | 'none';
  /** Send it only while this user is logged in. Default: the user at its first attempt. */
  userId?: string;
}

/** One call to the service. */
export interface Call extends CallOptions {
  /** Default GET. */
  method?: Method;
  /** Sent as JSON. */
  body?: unknown;
}

/** The answer to come. `abort()` ends the call with the problem `aborted`. */
export type Pending<Result> = Promise<Result> & { abort: () => void };
