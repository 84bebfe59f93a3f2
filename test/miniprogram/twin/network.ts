import { setTimeout as sleep } from 'node:timers/promises';
import { type Callbacks, fail, succeed } from './callbacks.js';

/** What `wx.request` is given. */
export interface RequestOptions extends Callbacks<{ statusCode: number; data: unknown; header: object }> {
  url: string;
  method?: string;
  header?: Record<string, string>;
  data?: unknown;
  timeout?: number;
  /** WeChat parses the answer for `json`, the default. */
  dataType?: string;
}

/** What `wx.uploadFile` is given. */
export interface UploadOptions extends RequestOptions {
  filePath: string;
  name: string;
  formData?: Record<string, string>;
}

/** What `wx.downloadFile` is given. */
export interface DownloadOptions extends RequestOptions {
  filePath?: string;
}

/** One request that left the phone, and the status of its answer if it came. */
export interface Sent {
  method: string;
  path: string;
  query: string;
  header: Record<string, string>;
  body: string | undefined;
  status?: number;
  isAborted?: boolean;
}

/** What a proxy answers by itself: the request does not reach the service. */
export interface ProxyAnswer {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

/** How `wx.request` itself fails, on any network: nothing is sent. */
export type Oddity =
  /** It never calls back, as on iPhones in the background and on some Android builds. */
  | 'silent'
  /** It throws. */
  | 'throws'
  /** It calls `fail` without an argument. */
  | 'bare'
  /** It calls `success` with something that is no answer. */
  | { success: unknown }
  /** It takes this long for any timeout. */
  | { lateMs: number }
  /** It calls `fail` with these members: texts and numbers differ by platform and language. */
  | { fail: object; afterMs?: number };

/**
 * The network as it is now. `'offline'`: nothing leaves the phone. `'lossy'`: the service gets the request and its
 * answer is lost. A number: each answer comes that many milliseconds late.
 */
export type Weather = 'fine' | 'offline' | 'lossy' | number | ProxyAnswer;

const METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT'];
const MAX_AT_ONCE = 10;
const DEFAULT_TIMEOUT_MS = 60_000;

/**
 * `wx.request` and `wx.uploadFile` over real sockets, with WeChat's habits: success for every status, ten at once, header
 * names in any case, JSON parsed where it is JSON and text where it is not.
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html
 */
export class NetworkTwin {
  weather: Weather = 'fine';
  /** The weather for one path, where it is another one. */
  weatherOf: (path: string) => Weather = () => this.weather;
  readonly sent: Sent[] = [];
  /** Runs before each request leaves: the moment for somebody else to act. */
  beforeSending: (sent: Sent) => Promise<unknown> | undefined = () => undefined;
  /** Whether a proxy compresses the answers, as nginx does: a strong ETag becomes a weak one. */
  weakensEtags = false;
  /** How the platform's functions misbehave. */
  oddity: Oddity | undefined;
  private running = 0;

  /** @param service where `http://127.0.0.1:8000`, the address in `config.ts`, leads to */
  constructor(private readonly service: () => string) {}

  /** The requests to one path so far, with their status. */
  to(path: string): Sent[] {
    return this.sent.filter((one) => one.path === path);
  }

  readonly request = (options: RequestOptions): { abort: () => void } => {
    const { method = 'GET', data, header = {} } = options;
    const wrong = wrongOptions(method, header);
    if (wrong !== undefined) fail('request', options, wrong);
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    const body = data === undefined || method === 'GET' ? undefined : text;
    return this.exchange('request', options, method, withContentType(header), body);
  };

  readonly uploadFile = (options: UploadOptions): { abort: () => void } => {
    const form = new FormData();
    for (const [name, value] of Object.entries(options.formData ?? {})) form.append(name, value);
    form.append(options.name, new Blob([options.filePath]), 'picture.png');
    return this.exchange('uploadFile', options, 'POST', options.header ?? {}, form);
  };

  readonly downloadFile = (options: DownloadOptions): { abort: () => void } => {
    const success = (answer: { statusCode: number; header: object }) => {
      const { statusCode, header } = answer;
      options.success?.({ statusCode, header, tempFilePath: 'wxfile://tmp_1' } as never);
    };
    return this.exchange('downloadFile', { ...options, success }, 'GET', options.header ?? {}, undefined);
  };

  private exchange(
    name: 'request' | 'uploadFile' | 'downloadFile',
    options: RequestOptions,
    method: string,
    header: Record<string, string>,
    body: string | FormData | undefined,
  ) {
    const { origin, pathname, search } = new URL(options.url);
    const text = typeof body === 'string' ? body : undefined;
    const sent: Sent = { method, path: pathname, query: search, header, body: text };
    this.sent.push(sent);
    const abort = () => {
      sent.isAborted = true;
    };
    if (this.oddity !== undefined && !isLate(this.oddity)) misbehave(this.oddity, options);
    else if (this.running >= MAX_AT_ONCE) fail(name, options, 'exceed max task count');
    else if (origin !== 'http://127.0.0.1:8000') fail(name, options, 'url not in domain list');
    else if (this.weatherOf(sent.path) === 'offline') fail(name, options, 'net::ERR_INTERNET_DISCONNECTED');
    else {
      this.running++;
      void this.send(sent, body, options.timeout ?? DEFAULT_TIMEOUT_MS)
        .then(
          (answer) => {
            const isJson = name === 'request' && (options.dataType ?? 'json') === 'json';
            const data = isJson ? parsed(answer.data) : answer.data;
            succeed(name, options, { ...answer, data });
          },
          (error: unknown) => {
            fail(name, options, error instanceof Error ? error.message : '');
          },
        )
        .finally(() => {
          this.running--;
        });
    }
    const onProgressUpdate = (listener: (progress: { progress: number }) => void) => {
      listener({ progress: 100 });
    };
    return name === 'request' ? { abort } : { abort, onProgressUpdate };
  }

  private async send(sent: Sent, body: string | FormData | undefined, timeoutMs: number) {
    const { oddity } = this;
    if (isLate(oddity)) timeoutMs = DEFAULT_TIMEOUT_MS;
    const weather = this.weatherOf(sent.path);
    await this.beforeSending(sent);
    if (typeof weather === 'object')
      return { statusCode: weather.status, data: weather.body, header: weather.headers ?? {} };
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await fetch(this.service() + sent.path + sent.query, {
      method: sent.method,
      headers: sent.header,
      signal,
      ...(body !== undefined && { body }),
    });
    sent.status = answer.status;
    const headers = new Headers(answer.headers);
    const etag = headers.get('etag');
    if (this.weakensEtags && etag !== null) headers.set('etag', `W/${etag}`);
    const data = await answer.text();
    if (weather === 'lossy') throw new Error('net::ERR_CONNECTION_RESET');
    if (isLate(oddity)) await sleep(oddity.lateMs);
    if (typeof weather === 'number') {
      await sleep(Math.min(weather, timeoutMs));
      if (weather >= timeoutMs) throw new Error('timeout');
    }
    return { statusCode: answer.status, data, header: inAnyCase(headers) };
  }
}

const isLate = (oddity: Oddity | undefined): oddity is { lateMs: number } =>
  typeof oddity === 'object' && 'lateMs' in oddity;

function misbehave(oddity: Exclude<Oddity, { lateMs: number }>, options: RequestOptions): void {
  if (oddity === 'silent') return;
  if (oddity === 'throws') throw new TypeError("Cannot read property 'request' of undefined");
  if (oddity === 'bare') setTimeout(() => (options.fail as (() => void) | undefined)?.(), 0);
  else if ('success' in oddity) setTimeout(() => options.success?.(oddity.success as never), 0);
  else setTimeout(() => options.fail?.(oddity.fail as never), oddity.afterMs ?? 0);
}

function wrongOptions(method: string, header: Record<string, unknown>): string | undefined {
  if (!METHODS.includes(method)) return `invalid method ${method}`;
  const wrong = Object.entries(header).find(([, value]) => typeof value !== 'string');
  const twice =
    new Set(Object.keys(header).map((name) => name.toLowerCase())).size < Object.keys(header).length;
  return twice ? 'a header twice, in two cases' : wrong && `invalid header ${wrong[0]}`;
}

/** WeChat's own default, unless the mini-program names one, in any case. */
function withContentType(header: Record<string, string>): Record<string, string> {
  const isNamed = Object.keys(header).some((name) => name.toLowerCase() === 'content-type');
  return isNamed ? header : { 'content-type': 'application/json', ...header };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

let turn = 0;

/** Each answer with names in another case than the one before, as from another platform. */
function inAnyCase(headers: Headers): Record<string, string> {
  turn++;
  const title = (name: string) => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
  const spell = [(name: string) => name, (name: string) => name.toUpperCase(), title][turn % 3] ?? title;
  return Object.fromEntries([...headers].map(([name, value]) => [spell(name), value]));
}
