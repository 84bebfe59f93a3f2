/** Methods of `wx.request`, which has no PATCH. */
export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';

/** The options of every call. */
export interface CallOptions {
  /** The path below the base URL. */
  path: string;
  /** Added to the path; `undefined` members are left out. */
  query?: Readonly<Record<string, string | number | boolean | undefined>>;
  header?: Readonly<Record<string, string>>;
  /** Deadline of each attempt, in milliseconds. Default: that of `createPassport`; for files 60,000. */
  timeoutMs?: number;
  /**
   * `required`: sends the access token, and logs in if necessary. `optional`: sends the access token if a user is logged in.
   * `none`: sends no token. Default: required.
   */
  auth?: 'required' | 'optional' | 'none';
  /** Sends the call only while this user is logged in. Default: the user of the first attempt. */
  userId?: string;
}

/** One call to the service. */
export interface Call extends CallOptions {
  /** Default GET. */
  method?: Method;
  /** Sent as JSON. */
  body?: unknown;
}

/** The promise of an answer. `abort()` ends the call with the problem `aborted`. */
export type Pending<Result> = Promise<Result> & { abort: () => void };
