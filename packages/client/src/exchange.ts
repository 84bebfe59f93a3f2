import { attempt } from './attempt.js';
import { callPort } from './call-port.js';
import type { Cancel } from './cancel.js';
import { isJson } from './json.js';
import type { Json } from './json.js';
import { lowerCased } from './headers.js';
import { Problem } from './problem.js';
import { after } from './timers.js';
import type { Start } from './wire.js';

/** An answer of the service: 2xx, or 304 to a conditional request. */
export interface Answer<Body = Json> {
  status: number;
  /** By name in lower case, because platforms differ in the case of names. */
  headers: Readonly<Record<string, string>>;
  /** The JSON of the answer; `{}` if the body is empty. Its type comes from the caller and is not checked. */
  body: Body;
}

/**
 * Sends one call as soon as fewer than the maximum number of calls are running. Calls `begin` right before that. If `begin`
 * returns `undefined`, sends nothing and resolves to `undefined`.
 * @throws {Problem} the service's code, `network_failed`, `network_timeout`, `answer_unreadable` or that of the cancellation
 */
export type Send = (
  begin: () => Start | undefined,
  timeoutMs: number,
  cancel?: Cancel,
) => Promise<Answer<unknown> | undefined>;

const MAX_RETRY_AFTER_SECONDS = 60;

/** Returns the function that sends calls. It queues calls beyond `maxAtOnce`, because WeChat refuses an eleventh one. */
export function createSend(maxAtOnce: number): Send {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (begin, timeoutMs, cancel) => {
    if (running < maxAtOnce) running++;
    else {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    }
    try {
      const start = begin();
      return start && answerOf(await callPort(start, timeoutMs, cancel));
    } finally {
      const next = waiting.shift();
      // The next call replaces this one, so `running` does not change. It starts after this answer was handled, because the
      // answer may report that the token is no longer valid.
      if (next) after(0, next);
      else running--;
    }
  };
}

function answerOf(received: unknown): Answer<unknown> {
  const { statusCode, data, header } = Object(received) as Json;
  const status = Number(statusCode) || 0;
  const headers = lowerCased(header);
  const isSuccess = (status >= 200 && status < 300) || status === 304;
  const body =
    data === '' || data === undefined
      ? {}
      : typeof data === 'string'
        ? attempt(() => JSON.parse(data) as unknown)
        : data;
  // A 2xx without JSON is the page of a proxy or of a captive portal.
  if (isSuccess && body !== undefined) return { status, headers, body };
  const problem = !isSuccess && isJson(body) ? body : {};
  const { code = 'answer_unreadable', detail } = problem;
  throw new Problem(String(code), status, detail as string, problem, retryAfterSeconds(headers));
}

/**
 * Returns the seconds of `Retry-After`, at most 60. The header has seconds or a date (RFC 9110 section 10.2.3). A date is
 * compared with the `Date` of the answer, because the phone's clock may be wrong.
 */
function retryAfterSeconds(headers: Readonly<Record<string, string>>): number | undefined {
  const { 'retry-after': value = '', date = '' } = headers;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.parse(date)) / 1000;
  return isNaN(seconds) ? undefined : Math.min(MAX_RETRY_AFTER_SECONDS, Math.max(0, seconds));
}
