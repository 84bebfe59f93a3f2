import { PHONE_HEADERS } from '../runtime/phone.js';
import { Failure } from './callbacks.js';
import { requestDomains } from './domains.js';
import { tellLocal } from './local-message.js';
import { losesAnswer, travel } from './network.js';

const DEFAULT_TIMEOUT_MS = 60_000;
/** The header by which the sandbox says that there is no answer to pass on, and why. */
const NO_ANSWER = 'sandbox-no-answer';

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
}

/** What came back, the body as text. */
export interface Answered {
  statusCode: number;
  header: Record<string, string>;
  data: string;
}

/**
 * Sends a request through the phone's network to the sandbox, which passes it on to the service.
 * @throws {Failure} a domain that is not in the list, no network, no answer in time
 */
export async function send(sent: Sent): Promise<Answered> {
  const { url, method, timeoutMs = DEFAULT_TIMEOUT_MS } = sent;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = sent.signal ? AbortSignal.any([sent.signal, timeout]) : timeout;
  try {
    return await Promise.race([passOn(sent, signal), broken(signal)]);
  } catch (error) {
    const failure = timeout.aborted ? new Failure('timeout', { errno: 5 }) : error;
    if (!(failure instanceof NoAnswer)) tellLocal('service', `${method} ${pathOf(url)}`, failure);
    throw failure;
  }
}

async function passOn({ url, method, header, body }: Sent, signal: AbortSignal): Promise<Answered> {
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
  const data = await response.text();
  await travel();
  return { statusCode: response.status, header: Object.fromEntries(response.headers), data };
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
