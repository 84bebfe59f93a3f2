import { STATUS_CODES } from 'node:http';
import type { FaultedCall } from '../state/faults.js';
import { gateway, hang, html, send, sendDripping, sendHuge, sendLater } from './fault-effects.js';
import {
  integer,
  type Member,
  type Members,
  oneOf,
  optional,
  text,
  type ValuesOf,
  withDefault,
} from './members.js';

/** What can go wrong with WeChat: the members that set it up, and what it does to a call. */
export interface FaultKind {
  /** Beside `path`, `kind` and `times`, which every fault has. */
  members: Members;
  effect: (call: FaultedCall, fault: ValuesOf<Members>) => void;
}

const anErrcode: Member<number | string> = {
  allowed: 'an integer, or text of one',
  is: (value): value is number | string =>
    Number.isSafeInteger(value) || (typeof value === 'string' && /^-?\d{1,9}$/.test(value)),
};
const aLocation: Member<string> = {
  allowed: 'a URL, percent-encoded',
  is: (value): value is string => typeof value === 'string' && /^[\x21-\x7e]{1,2000}$/.test(value),
};
const anything: Member<unknown> = {
  allowed: 'any JSON',
  is: (value): value is unknown => value !== undefined,
};
const milliseconds = integer(0, 600_000);

/**
 * Every kind of fault. If the effect calls `answer()`, the call does its work and consumes the code, even if the client
 * receives no answer; otherwise the code stays valid.
 */
export const FAULT_KINDS = {
  /** A refusal under status 200. `errmsg` is sent as it is; without it, the real text with a rid. */
  errcode: kind(
    { errcode: anErrcode, errmsg: optional(text(0, 1000)) },
    ({ reply, refuse }, { errcode, errmsg }) => {
      send(reply, refuse(errcode, errmsg));
    },
  ),
  /** The real answer, `ms` late. */
  delay: kind({ ms: milliseconds }, ({ reply, answer }, { ms }) => {
    sendLater(reply, answer(), ms);
  }),
  /** Another HTTP status, which WeChat's own servers never send but its gateways do. */
  status: kind({ status: integer(400, 599) }, ({ reply }, { status }) => {
    gateway(reply.code(status), STATUS_CODES[status] ?? String(status));
  }),
  /** A page with status 200, as of a captive portal. */
  html: kind({}, ({ reply }) => {
    html(reply, '<!doctype html><title>Sign in to the network</title><h1>Sign in to the network</h1>');
  }),
  /** The first half of the real answer, properly ended. */
  truncate: kind({}, ({ reply, answer }) => {
    const body = answer();
    send(reply, body.slice(0, body.length / 2));
  }),
  /** The real answer, a byte every `ms` (a second, if not given). */
  drip: kind({ ms: withDefault(integer(1, 600_000), 1000) }, ({ reply, answer }, { ms }) => {
    sendDripping(reply, answer(), ms);
  }),
  /** The connection is reset, before the code is consumed or after. */
  reset: kind({ when: withDefault(oneOf(['before', 'after']), 'before') }, ({ reply, answer }, { when }) => {
    if (when === 'after') answer();
    reply.hijack();
    reply.raw.socket?.resetAndDestroy();
  }),
  /** No answer, ever; the connection stays open. */
  hang: kind({}, ({ reply }) => {
    hang(reply);
  }),
  /** A 302 to `location`. */
  redirect: kind({ location: aLocation }, ({ reply }, { location }) => {
    gateway(reply.code(302).header('location', location), '');
  }),
  /** Status 200 and nothing. */
  empty: kind({}, ({ reply }) => {
    send(reply, '');
  }),
  /** The real answer behind 10 MB of JSON's white space: who reads it all logs in, who caps does not. No content-length. */
  huge: kind({}, ({ reply, answer }) => {
    sendHuge(reply, answer());
  }),
  /** `body` in place of the answer: text as it is, anything else as JSON. */
  body: kind({ body: anything }, ({ reply }, { body }) => {
    send(reply, typeof body === 'string' ? body : JSON.stringify(body));
  }),
} as const satisfies Record<string, FaultKind>;

function kind<M extends Members>(
  members: M,
  effect: (call: FaultedCall, fault: ValuesOf<M>) => void,
): FaultKind {
  // The cast holds because `readFaults` read the fault by these very members.
  return {
    members,
    effect: (call, fault) => {
      effect(call, fault as ValuesOf<M>);
    },
  };
}
