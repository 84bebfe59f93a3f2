import { PHONE_HEADERS } from '../runtime/phone.js';
import { Failure } from './callbacks.js';
import { requestDomains } from './domains.js';
import { postLocalMessage } from './local-message.js';
import { losesAnswer, travel } from './network.js';

const DEFAULT_TIMEOUT_MS = 60_000;
/** The header by which the sandbox says that there is no answer to pass on, and why. */
const NO_ANSWER = 'sandbox-no-answer';

/** A request that runs for this long in the background is broken off. */
const BACKGROUND_MS = 5000;
const running = new Set<AbortController>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** @see https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html */
export function setInBackground(isInBackground: boolean): void {
  clearTimeout(timer);
  if (!isInBackground) return;
  timer = setTimeout(() => {
    for (const each of running) each.abort(new Failure('interrupted', { errno: 600003 }));
  }, BACKGROUND_MS);
}

/** The request went out, and the sandbox has drawn already that no answer came. */
class NoAnswer extends Failure {}

/** One request of the mini-program, ready to go. */
export interface Sent {
  url: string;
  method: string;
  header: Record<string, string>;
  body: string | FormData | undefined;
  timeoutMs: number | undefined;
  signal?: AbortSignal;
  onHeaders?: (header: Record<string, string>) => void;
  onProgress?: (progress: Progress) => void;
}

/** What came back. */
export interface Answered {
  statusCode: number;
  header: Record<string, string>;
  data: Blob;
}

/** How much of an answer is here; in bytes, and `progress` in percent. */
export interface Progress {
  progress: number;
  totalBytesWritten: number;
  totalBytesExpectedToWrite: number;
}

/**
 * Sends a request through the phone's network to the sandbox, which passes it on to the service.
 * @throws {Failure} a domain that is not in the list, no network, no answer in time
 */
export async function send(sent: Sent): Promise<Answered> {
  const { url, method, timeoutMs = DEFAULT_TIMEOUT_MS } = sent;
  const timeout = AbortSignal.timeout(timeoutMs);
  const interruption = new AbortController();
  const signal = AbortSignal.any([...(sent.signal ? [sent.signal] : []), interruption.signal, timeout]);
  running.add(interruption);
  try {
    return await Promise.race([passOn(sent, signal), broken(signal)]);
  } catch (error) {
    const failure = timeout.aborted ? new Failure('timeout', { errno: 5 }) : error;
    if (!(failure instanceof NoAnswer))
      postLocalMessage('service', `${method} ${pathOf(url).replace(/\?.*/s, '')}`, failure);
    throw failure;
  } finally {
    running.delete(interruption);
  }
}

async function passOn(sent: Sent, signal: AbortSignal): Promise<Answered> {
  const { url, method, header, body } = sent;
  if (!requestDomains.includes(originOf(url))) throw new Failure('url not in domain list', { errno: 600002 });
  await travel();
  const lost = losesAnswer() ? { 'sandbox-lose-answer': '1' } : {};
  const response = await fetch(`/sandbox/request${pathOf(url)}`, {
    method,
    headers: { ...header, ...PHONE_HEADERS, ...lost },
    body: body === undefined || body === '' ? null : body,
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'manual',
    signal,
  });
  const reason = response.headers.get(NO_ANSWER);
  if (reason !== null) throw new NoAnswer(reason, { errno: 600001 });
  const answered = Object.fromEntries(response.headers);
  sent.onHeaders?.(answered);
  const data = await bodyOf(response, sent.onProgress);
  await travel();
  return { statusCode: response.status, header: answered, data };
}

async function bodyOf(response: Response, onProgress: Sent['onProgress']): Promise<Blob> {
  const type = response.headers.get('content-type') ?? '';
  const expected = Number(response.headers.get('content-length') ?? 0);
  const reader = response.body?.getReader();
  const chunks: BlobPart[] = [];
  let written = 0;
  for (let chunk = await reader?.read(); chunk?.value; chunk = await reader?.read()) {
    chunks.push(chunk.value);
    written += chunk.value.byteLength;
    onProgress?.({
      progress: expected > 0 ? Math.floor((written / expected) * 100) : 0,
      totalBytesWritten: written,
      totalBytesExpectedToWrite: expected,
    });
  }
  return new Blob(chunks, { type });
}

function broken(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : '';
}

function pathOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}
