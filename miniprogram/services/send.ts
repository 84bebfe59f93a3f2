import { apiBaseUrl, TIMEOUT_MS } from '../config';
import { Problem } from './errors';
import { isJson } from './json';
import type { Json } from './json';

/** One call to the service. `wx.request` has no PATCH. */
export interface Call {
  /** Default GET. */
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** Begins with a slash, relative to the base URL of this build. */
  path: string;
  header?: Readonly<Record<string, string>>;
  body?: object;
}

/** A file to send as `multipart/form-data`. */
export interface FileCall {
  path: string;
  header?: Readonly<Record<string, string>>;
  /** A path on the phone, such as that of a chosen picture. */
  filePath: string;
  /** The name of the part. */
  name: string;
  formData?: Readonly<Record<string, string>>;
}

/** A successful answer (2xx). */
export interface Answer<Body> {
  /** The JSON of the answer; `{}` when it had none. Its shape is what the caller says, and is not checked. */
  body: Body;
  /** By name in lower case: each platform writes the names in another case. */
  headers: Readonly<Record<string, string>>;
}

interface Received {
  statusCode: number;
  data: unknown;
  header?: Json;
}

interface Callbacks {
  success: (received: Received) => void;
  fail: (failure: { errMsg: string }) => void;
}

/** WeChat refuses the eleventh request at once. */
const MAX_AT_ONCE = 10;
let running = 0;
const waiting: (() => void)[] = [];

/**
 * Sends one call. `wx.request` succeeds with every HTTP status and fails only when there was no answer; here
 * everything but 2xx is a failure.
 * @throws {Problem} the service's code, `network_failed`, `network_timeout` or `answer_unreadable`
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html
 */
export function send<Body = Json>({ method = 'GET', path, header, body }: Call): Promise<Answer<Body>> {
  return exchange((callbacks) =>
    wx.request({
      url: apiBaseUrl() + path,
      method,
      header: { 'content-type': 'application/json', ...header },
      ...(body && { data: body }),
      timeout: TIMEOUT_MS,
      ...callbacks,
    }),
  );
}

/**
 * Sends one file.
 * @throws {Problem} as `send`
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/network/upload/wx.uploadFile.html
 */
export function sendFile<Body = Json>({ path, header, ...file }: FileCall): Promise<Answer<Body>> {
  return exchange((callbacks) =>
    wx.uploadFile({
      url: apiBaseUrl() + path,
      header: { ...header },
      ...file,
      timeout: TIMEOUT_MS,
      ...callbacks,
    }),
  );
}

async function exchange<Body>(start: (callbacks: Callbacks) => unknown): Promise<Answer<Body>> {
  if (running < MAX_AT_ONCE) running++;
  // Whoever ends hands its place on, so the number stays.
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return read(await new Promise<Received>((success, reject) => start({ success, fail: failWith(reject) })));
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

function failWith(reject: (problem: Problem) => void) {
  return ({ errMsg }: { errMsg: string }) => {
    reject(new Problem(/time.?out/i.test(errMsg) ? 'network_timeout' : 'network_failed', 0, errMsg));
  };
}

function read<Body>({ statusCode, data, header = {} }: Received): Answer<Body> {
  const headers = Object.fromEntries(
    Object.entries(header).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const body = typeof data === 'string' ? parse(data) : data;
  const isSuccess = statusCode >= 200 && statusCode < 300;
  // The caller knows the route, and so the shape.
  if (isSuccess && typeof body === 'object' && body !== null) return { body: body as Body, headers };
  // A proxy's own page, or the page of a captive portal, is no answer of the service.
  const { code = 'answer_unreadable', detail = `status ${statusCode}` } =
    !isSuccess && isJson(body) ? body : {};
  throw new Problem(String(code), statusCode, String(detail), retryAfterSeconds(headers['retry-after']));
}

/** The body of an upload's answer is text; an answer without a body reads as ''. */
function parse(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `Retry-After` is a number of seconds or a date (RFC 9110 section 10.2.3). */
function retryAfterSeconds(value = ''): number | undefined {
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
