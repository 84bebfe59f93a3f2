import { language } from '../texts/texts.js';
import { ApiProblem } from './api-problem.js';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A read that was answered, or 304: then `body` is undefined. */
export interface Read<T> {
  body: T | undefined;
  etag: string | undefined;
}

type Listener = () => void;
let onSessionEnd: Listener = () => undefined;

/** Sets what happens when the service answers that there is no session. */
export function whenSessionEnds(listener: Listener): void {
  onSessionEnd = listener;
}

/**
 * Calls a route of the admin API, with the cookie of the session.
 * @param path below `/api/admin`
 * @throws {ApiProblem}
 */
export async function call<T = undefined>(method: Method, path: string, json?: unknown): Promise<T> {
  const response = await send(method, path, json);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/**
 * Reads a route unless it has not changed.
 * @param etag of the last answer
 */
export async function read<T>(path: string, etag?: string, signal?: AbortSignal): Promise<Read<T>> {
  const response = await send('GET', path, undefined, etag, signal);
  const body = response.status === 304 ? undefined : ((await response.json()) as T);
  return { body, etag: response.headers.get('etag') ?? undefined };
}

async function send(
  method: Method,
  path: string,
  json?: unknown,
  etag?: string,
  signal?: AbortSignal,
): Promise<Response> {
  const response = await fetch(`/api/admin${path}`, {
    method,
    cache: 'no-store',
    redirect: 'error',
    headers: {
      // The browser's own may be another one.
      'accept-language': language,
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...(etag !== undefined && { 'if-none-match': etag }),
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiProblem(0, 'unreachable');
  });
  if (response.ok || response.status === 304) return response;
  const problem = await ApiProblem.of(response);
  // A wrong password or code is no end of a session.
  if (problem.status === 401 && problem.code !== 'operator_credentials_invalid') onSessionEnd();
  throw problem;
}
