import type { Json } from './json.js';

/** Failures that the client detects by itself. */
export type ClientCode =
  | 'network_failed'
  | 'network_timeout'
  | 'wx_login_failed'
  | 'answer_unreadable'
  | 'storage_failed'
  | 'aborted'
  | 'logged_out'
  | 'user_changed';

/** A failed call: the problem that the service answered, or the reason why there was no answer. */
export class Problem extends Error {
  /** A `ProblemCode`, a `ClientCode`, or a code that only a newer service knows. */
  readonly code: string;
  /** HTTP status; 0 without an answer. */
  readonly status: number;
  /** Seconds to wait before the next attempt (`Retry-After`), at most 60; undefined without the header. */
  readonly retryAfterSeconds: number | undefined;
  /** The problem document of the service (RFC 9457). For `logged_out` after a remote logout: `ended_by`, `ended_at`. */
  readonly body: Json;

  constructor(code: string, status = 0, detail: string = code, body: Json = {}, retryAfterSeconds?: number) {
    super(detail);
    this.name = 'Problem';
    this.code = code;
    this.status = status;
    this.body = body;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Returns whether an error is a problem with one of these codes. */
export function isProblem(error: unknown, codes: RegExp): error is Problem {
  return error instanceof Problem && codes.test(error.code);
}
