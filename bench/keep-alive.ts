import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { Request } from './requests.js';

/** Longer than every deadline of the service. */
const SILENCE_MS = 30_000;

/** An answer of the service; `answeredAt` is by the clock of `performance.now()`. */
export type Answer = ReturnType<typeof answerOf>;

/**
 * Sends requests one at a time on a persistent connection to 127.0.0.1. A general HTTP client needs so much CPU for 200
 * concurrent requests that the driver's own queue would appear as latency.
 */
export class KeepAlive {
  #socket: Socket | undefined;

  constructor(private readonly port: number) {}

  /** Connects, if it is not connected. */
  async open(): Promise<Socket> {
    if (this.#socket?.writable) return this.#socket;
    const socket = connect(this.port, '127.0.0.1').setNoDelay().setEncoding('latin1');
    await once(socket, 'connect');
    socket.setTimeout(SILENCE_MS, () => socket.destroy());
    // The connection closes after any error, and `send` rejects then.
    socket.on('error', () => undefined);
    return (this.#socket = socket);
  }

  /** Sends a request of {@link bytesOf}. @throws {Error} if the connection ends, or after 30 seconds without an answer */
  async send(request: Buffer): Promise<Answer> {
    const socket = await this.open();
    return new Promise((resolve, reject) => {
      let text = '';
      const onData = (chunk: string) => {
        text += chunk;
        const headEnd = text.indexOf('\r\n\r\n');
        const [, length = '0'] = /^content-length: (\d+)/im.exec(text.slice(0, headEnd)) ?? [];
        if (headEnd < 0 || text.length < headEnd + 4 + Number(length)) return;
        socket.off('data', onData).off('close', onClose);
        resolve(answerOf(text, headEnd));
      };
      const onClose = () => {
        reject(new Error('the api closed the connection or did not answer'));
      };
      socket.on('data', onData).on('close', onClose).write(request);
    });
  }

  close(): void {
    this.#socket?.destroy();
  }
}

function answerOf(text: string, headEnd: number) {
  const [head, body] = [text.slice(0, headEnd), text.slice(headEnd + 4)];
  return { status: Number(text.slice(9, 12)), head, body, answeredAt: performance.now() };
}

/** Returns the bytes of a request. */
export function bytesOf({ method, path, headers, body = '' }: Request): Buffer {
  const fields = { Host: '127.0.0.1', ...headers, 'Content-Length': Buffer.byteLength(body) };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n${body}`);
}
