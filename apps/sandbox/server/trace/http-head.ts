import type { FastifyReply, FastifyRequest } from 'fastify';
import { masked } from './mask.js';

/** When each request came, in milliseconds of `performance.now()`. */
const began = new WeakMap<FastifyRequest, number>();

/** What precedes the body of a request. Nothing in it is secret: see `masked`. */
export interface RequestHead {
  method: string;
  /** The whole address. */
  url: string;
  headers: Record<string, string>;
}

/** What precedes the body of an answer. */
export interface AnswerHead {
  status: number;
  /** From the request's arrival at the sandbox to its answer. */
  ms: number;
  headers: Record<string, string>;
}

/** Headers that take part in the protocol, as its documents write them. What the browser adds is not among them. */
const OF_REQUESTS = ['Authorization', 'If-Match', 'If-None-Match', 'Content-Type'];
const OF_ANSWERS = ['ETag', 'Retry-After', 'WWW-Authenticate', 'Cache-Control', 'Content-Type'];

/**
 * Returns the head of a request as it is drawn, and notes when it came.
 * @param origin of the receiver, such as `http://127.0.0.1:8000`
 * @param path with its query
 */
export function requestHead(request: FastifyRequest, origin: string, path: string): RequestHead {
  began.set(request, performance.now());
  return {
    method: request.method,
    url: origin + maskedPath(path),
    headers: shown(OF_REQUESTS, request.headers),
  };
}

/** Returns the head of an answer as it is drawn. */
export function answerHead(
  reply: FastifyReply,
  status: number,
  headers: Readonly<Record<string, unknown>>,
): AnswerHead {
  const now = performance.now();
  const ms = Math.round(now - (began.get(reply.request) ?? now));
  return { status, ms, headers: shown(OF_ANSWERS, headers) };
}

function shown(names: readonly string[], headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const pairs = names.flatMap((name) => {
    const value = headers[name.toLowerCase()];
    return typeof value === 'string' ? [[name, maskedHeader(name, value)]] : [];
  });
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** Masks the words of a header one by one: `Bearer eyJh…`. */
function maskedHeader(name: string, value: string): string {
  const member = name === 'Authorization' ? 'token' : '';
  return value.replace(/[^\s,]+/g, (word) =>
    /^(?:Bearer|Basic)$/i.test(word) ? word : String(masked(word, member)),
  );
}

function maskedPath(path: string): string {
  const [before = '', query] = path.split(/\?(.*)/s);
  if (query === undefined) return before;
  const pairs = [...new URLSearchParams(query)].map(
    ([name, value]) => `${name}=${String(masked(value, name))}`,
  );
  return `${before}?${pairs.join('&')}`;
}
