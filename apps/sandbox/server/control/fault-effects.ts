import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Family } from '../weixin/families.js';

const HUGE_BYTES = 10 * 1024 * 1024;

/** A call that a fault has taken over. */
export interface FaultedCall {
  /** Its content type is set already, to the one of the family. */
  reply: FastifyReply;
  /** The body WeChat would answer. Asking for it does what the call does: the code is consumed. */
  answer: () => string;
  family: Family;
}

/** The way of WeChat: the content type of the family, whatever the body is. */
export function send(reply: FastifyReply, body: string | Readable): void {
  void reply.send(body);
}

/** What a gateway before WeChat says: plain text, whatever the family. */
export function gateway(reply: FastifyReply, body: string): void {
  void reply.header('content-type', 'text/plain').send(body);
}

/** A page, which WeChat never sends. */
export function html(reply: FastifyReply, page: string): void {
  void reply.header('content-type', 'text/html; charset=utf-8').send(page);
}

/** Sends `body` after `ms` milliseconds. */
export function sendLater(reply: FastifyReply, body: string, ms: number): void {
  const timer = setTimeout(() => {
    send(reply, body);
  }, ms);
  // A client that gave up, or a sandbox that closes, leaves no timer behind.
  reply.raw.once('close', () => {
    clearTimeout(timer);
  });
}

/** Sends `body` with its true content-length, one byte every `everyMs` milliseconds, the first at once. */
export function sendDripping(reply: FastifyReply, body: string, everyMs: number): void {
  reply.hijack();
  const { raw } = reply;
  const bytes = Buffer.from(body);
  raw.writeHead(200, { 'content-type': reply.getHeader('content-type'), 'content-length': bytes.length });
  let sent = 0;
  const drip = () => {
    raw.write(bytes.subarray(sent, sent + 1));
    sent += 1;
    if (sent < bytes.length) return;
    clearInterval(timer);
    raw.end();
  };
  const timer = setInterval(drip, everyMs);
  raw.once('close', () => {
    clearInterval(timer);
  });
  drip();
}

/** Sends 10 MB of spaces and then `body`, chunked, as fast as the client reads. */
export function sendHuge(reply: FastifyReply, body: string): void {
  const chunk = ' '.repeat(64 * 1024);
  const chunks = Array.from({ length: HUGE_BYTES / chunk.length }, () => chunk);
  send(reply, Readable.from([...chunks, body], { objectMode: false }));
}

/** Leaves the call without an answer; `close()` of the sandbox or the client ends it. */
export function hang(reply: FastifyReply): void {
  reply.hijack();
}
