import { connect, createServer, type Server, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { freePort } from './process.js';

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'postgres:': 5432, 'mysql:': 3306, 'redis:': 6379 };

/** A TCP proxy in front of a database server or Redis that a test can break. It does not listen at first. */
export class Proxy {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private frozen = false;
  private delayMs = 0;

  private constructor(
    private readonly target: URL,
    private readonly port: number,
  ) {}

  static async to(url: string): Promise<Proxy> {
    return new Proxy(new URL(url), await freePort());
  }

  /** The URL of the server through this proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${this.port}`;
    return url.href;
  }

  /** Accepts connections and forwards them. */
  async open(): Promise<void> {
    this.server = createServer((near) => {
      const { hostname, port, protocol } = this.target;
      const far = connect(Number(port || DEFAULT_PORTS[protocol]), hostname);
      near.pipe(far).pipe(this.delay()).pipe(near);
      this.track(near, far);
      this.track(far, near);
    });
    await new Promise<void>((resolve) => this.server?.listen(this.port, '127.0.0.1', resolve));
  }

  /** Closes every connection, and refuses new ones. */
  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    const { server } = this;
    this.server = undefined;
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  /** Accepts connections, closes none, and forwards no byte. */
  freeze(): void {
    this.frozen = true;
    for (const socket of this.sockets) socket.pause();
  }

  /** Forwards bytes again. */
  unfreeze(): void {
    this.frozen = false;
    for (const socket of this.sockets) socket.resume();
  }

  /** Delays every answer by this time; 0: not at all. */
  slow(delayMs: number): void {
    this.delayMs = delayMs;
  }

  private delay(): Transform {
    return new Transform({
      transform: (chunk, _, done) => {
        if (this.delayMs === 0) done(null, chunk);
        else setTimeout(done, this.delayMs, null, chunk);
      },
    });
  }

  private track(socket: Socket, other: Socket): void {
    this.sockets.add(socket);
    if (this.frozen) socket.pause();
    socket.on('error', () => other.destroy());
    socket.on('close', () => {
      this.sockets.delete(socket);
      other.destroy();
    });
  }
}
