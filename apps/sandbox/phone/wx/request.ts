import { answer, type Callbacks, Failure } from './callbacks.js';
import { type Answered, send } from './send.js';

/** In capitals, as its document asks for. */
const METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT'];
/** WeChat sends ten at once; the others wait. */
const MAX_AT_ONCE = 10;

interface RequestOptions extends Callbacks {
  url: string;
  method?: string;
  header?: Record<string, string>;
  data?: unknown;
  timeout?: number;
  dataType?: string;
  responseType?: 'text' | 'arraybuffer';
}

let running = 0;
const waiting: (() => void)[] = [];

/**
 * `wx.request`: success for every HTTP status, fail only where no answer came.
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html
 */
export function request(options: RequestOptions) {
  const abort = new AbortController();
  // With none of the callbacks it still returns a task and no promise.
  void answer('request', { fail: () => undefined, ...options }, async () => {
    await turn();
    try {
      return await exchange(options, abort.signal);
    } finally {
      running--;
      waiting.shift()?.();
    }
  });
  return {
    abort: () => {
      abort.abort(new Failure('abort'));
    },
  };
}

async function exchange(options: RequestOptions, signal: AbortSignal): Promise<object> {
  const method = options.method ?? 'GET';
  if (!METHODS.includes(method)) throw new Failure('method is invalid');
  const header = { 'content-type': 'application/json', ...lowerCased(options.header) };
  const query = method === 'GET' ? new URLSearchParams(flat(options.data)).toString() : '';
  const url = query === '' ? options.url : `${options.url}${options.url.includes('?') ? '&' : '?'}${query}`;
  const body = method === 'GET' ? undefined : bodyOf(options.data, header['content-type']);
  const answered = await send({ url, method, header, body, timeoutMs: options.timeout, signal });
  return { ...answered, data: await dataOf(answered, options), cookies: [] };
}

function turn(): Promise<void> {
  if (running < MAX_AT_ONCE) {
    running++;
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    waiting.push(() => {
      running++;
      resolve();
    });
  });
}

function bodyOf(data: unknown, contentType: string): string | undefined {
  if (data === undefined || data === null) return undefined;
  if (typeof data === 'string') return data;
  if (contentType.startsWith('application/x-www-form-urlencoded'))
    return new URLSearchParams(flat(data)).toString();
  return JSON.stringify(data);
}

/** JSON where it is JSON, else the text: what `dataType: 'json'` means to WeChat. */
async function dataOf(
  { data }: Answered,
  { responseType, dataType = 'json' }: RequestOptions,
): Promise<unknown> {
  if (responseType === 'arraybuffer') return data.arrayBuffer();
  const text = await data.text();
  if (dataType !== 'json') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function lowerCased(header: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(header).map(([name, value]) => [name.toLowerCase(), value]));
}

function flat(data: unknown): Record<string, string> {
  if (typeof data !== 'object' || data === null) return {};
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, String(value)]));
}
