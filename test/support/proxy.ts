import { connect, createServer, type Server, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { freePort } from './process.js';

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'postgres:': 5432, 'mysql:': 3306, 'redis:': 6379 };

/** A network between the service and its database server or Redis that a test can break. Nobody listens on it at first. */
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

  /** The URL of the server as seen through this. */
  get url(): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${this.port}`;
    return url.href;
  }

  /** Lets connections through. */
  async open(): Promise<void> {
    this.server = createServer((near) => {
      const { hostname, port, protocol } = this.target;
      const far = connect(Number(port || DEFAULT_PORTS[protocol]), hostname);
      near.pipe(far).pipe(this.late()).pipe(near);
      this.keep(near, far);
      this.keep(far, near);
    });
    await new Promise<void>((resolve) => this.server?.listen(this.port, '127.0.0.1', resolve));
  }

  /** Ends every connection, and refuses new ones. */
  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    const { server } = this;
    this.server = undefined;
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  /** Lets connections stand, accepts new ones, and carries nothing any more. */
  freeze(): void {
    this.frozen = true;
    for (const socket of this.sockets) socket.pause();
  }

  thaw(): void {
    this.frozen = false;
    for (const socket of this.sockets) socket.resume();
  }

  /** Lets every answer arrive this much later; 0: at once. */
  slow(delayMs: number): void {
    this.delayMs = delayMs;
  }

  private late(): Transform {
    return new Transform({
      transform: (chunk, _, done) => {
        if (this.delayMs === 0) done(null, chunk);
        else setTimeout(done, this.delayMs, null, chunk);
      },
    });
  }

  private keep(socket: Socket, other: Socket): void {
    this.sockets.add(socket);
    if (this.frozen) socket.pause();
    socket.on('error', () => other.destroy());
    socket.on('close', () => {
      this.sockets.delete(socket);
      other.destroy();
    });
  }
}
