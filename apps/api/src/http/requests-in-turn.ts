import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests that may wait behind the one in service. Only pipelining makes one wait, and few clients pipeline. */
const MAX_WAITING = 16;
/** From the first byte of an answer until the client has taken the last one. */
const TAKEN_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 1000;

interface Connection {
  readonly serve: RequestListener;
  /** The listener of each answer's 'close', one for all: a hot path. */
  readonly closed: (this: ServerResponse) => void;
  /** The answer in service. */
  current: ServerResponse | undefined;
  /** When it was first seen on its way to the client. */
  sentSince: number | undefined;
  readonly waiting: [IncomingMessage, ServerResponse][];
}

/**
 * Serves the requests of a connection one after the other: the next one when the client has taken the answer to the one
 * before. So a connection holds one answer at most. Closes a connection with more than 16 waiting requests, and one whose
 * client takes longer than 30 s for an answer.
 */
export class RequestsInTurn {
  private readonly connections = new WeakMap<Socket, Connection>();
  private readonly open = new Set<Connection>();
  private inService = 0;
  private whenIdle: (() => void)[] = [];

  /** @param takenWithinMs the deadline of a client for an answer */
  constructor(private readonly takenWithinMs = TAKEN_WITHIN_MS) {}

  /** Serves the requests of a server in turn. A hot path. */
  attach(server: Server, serve: RequestListener): void {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const { socket } = request;
      // The parser goes on to the end of what was read, also after the connection was closed.
      if (socket.destroyed) return;
      const connection = this.connections.get(socket) ?? this.accept(socket, serve);
      if (connection.current === undefined) this.serve(connection, request, response);
      else if (connection.waiting.length < MAX_WAITING) connection.waiting.push([request, response]);
      else socket.destroy();
    });
    const timer = setInterval(() => {
      this.closeSlow();
    }, LOOK_EVERY_MS).unref();
    server.once('close', () => {
      clearInterval(timer);
    });
  }

  /** Resolves when no request is in service. */
  idle(): Promise<void> {
    if (this.inService === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.whenIdle.push(resolve);
    });
  }

  private accept(socket: Socket, serve: RequestListener): Connection {
    const next = (): void => {
      this.next(connection);
    };
    const connection: Connection = {
      serve,
      closed() {
        if (connection.current === this) next();
      },
      current: undefined,
      sentSince: undefined,
      waiting: [],
    };
    this.connections.set(socket, connection);
    this.open.add(connection);
    // Of all answers only the one that is being sent gets a 'close' then.
    socket.once('close', () => {
      if (connection.current) next();
      this.open.delete(connection);
    });
    return connection;
  }

  private serve(connection: Connection, request: IncomingMessage, response: ServerResponse): void {
    connection.current = response;
    connection.sentSince = undefined;
    this.inService += 1;
    response.on('close', connection.closed);
    connection.serve(request, response);
  }

  private next(connection: Connection): void {
    connection.current = undefined;
    this.inService -= 1;
    const [request, response] = connection.waiting.shift() ?? [];
    if (request && response && !request.socket.destroyed) this.serve(connection, request, response);
    else if (this.inService === 0) for (const resolve of this.whenIdle.splice(0)) resolve();
  }

  private closeSlow(): void {
    const now = performance.now();
    for (const connection of this.open) {
      if (connection.current?.headersSent !== true) continue;
      connection.sentSince ??= now;
      if (now - connection.sentSince > this.takenWithinMs) connection.current.socket?.destroy();
    }
  }
}
