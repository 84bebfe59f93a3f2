import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';

const HUGE_BYTES = 10 * 1024 * 1024;

/** Sends a body under the content type that WeChat has on this path. */
export function send(reply: FastifyReply, body: string | Readable): void {
  void reply.send(body);
}

/** Sends plain text, as a gateway in front of WeChat does. */
export function gateway(reply: FastifyReply, body: string): void {
  void reply.header('content-type', 'text/plain').send(body);
}

/** Sends a page, which WeChat never does. */
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
