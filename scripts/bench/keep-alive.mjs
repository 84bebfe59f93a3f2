import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {string} head status line and fields
 * @property {string} body one character for each byte
 * @property {number} answeredAt by the clock of `performance.now()`
 */

/** Longer than the service takes for anything, its own deadlines included. */
const SILENCE_MS = 30_000;

/**
 * A connection that stays open, one request at a time. node:http would cost the driver so much for 200 requests at once
 * that its own queue would show as latency.
 */
export class KeepAlive {
  /** @param {import('node:net').Socket} socket */
  constructor(socket) {
    this.socket = socket;
  }

  /** @param {number} port of 127.0.0.1 */
  static async open(port) {
    const socket = connect(port, '127.0.0.1').setNoDelay().setEncoding('latin1');
    await once(socket, 'connect');
    socket.setTimeout(SILENCE_MS, () => socket.destroy());
    // Whatever it is, the connection closes after it.
    socket.on('error', () => undefined);
    return new KeepAlive(socket);
  }

  /**
   * @param {Buffer} request whole, as {@link bytesOf} makes it
   * @returns {Promise<Answer>}
   * @throws {Error} when the connection breaks, or nothing comes for 30 seconds
   */
  send(request) {
    return new Promise((resolve, reject) => {
      const broken = () => reject(new Error('the api closed a connection, or did not answer'));
      let text = '';
      /** @param {string} chunk */
      const onData = (chunk) => {
        text += chunk;
        if (!isWhole(text)) return;
        this.socket.off('data', onData).off('close', broken);
        resolve({ ...partsOf(text), answeredAt: performance.now() });
      };
      this.socket.on('data', onData).on('close', broken).write(request);
    });
  }

  close() {
    this.socket.destroy();
  }
}

/**
 * The bytes of a request.
 * @param {import('autocannon').Request} request
 */
export function bytesOf({ method, path, headers, body = '' }) {
  const fields = { Host: '127.0.0.1', ...headers, 'Content-Length': Buffer.byteLength(body) };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n${body}`);
}

/** @param {string} text a whole answer */
function partsOf(text) {
  const headEnd = text.indexOf('\r\n\r\n');
  return { status: Number(text.slice(9, 12)), head: text.slice(0, headEnd), body: text.slice(headEnd + 4) };
}

/** @param {string} text one character for each byte */
function isWhole(text) {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return false;
  const [, length = '0'] = /^content-length: (\d+)/im.exec(text.slice(0, headEnd)) ?? [];
  return text.length >= headEnd + 4 + Number(length);
}
