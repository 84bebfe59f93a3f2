import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RouteKind, RouteKindsService } from '@app/auth';

/** Verifies the token of a request, as the guard of a kind of routes does. Rejects with its problem. */
type TokenCheck = (request: IncomingMessage) => Promise<unknown>;

/**
 * Answers a request to a guarded route that has no good token before its body is parsed. A body within the limit of
 * the route is read and dropped first, and the connection goes on: a phone whose upload is reset would see no 401.
 * A connection with a larger body is closed. Before the routes are made.
 */
export function refuseBeforeBody(
  fastify: FastifyInstance,
  kinds: RouteKindsService,
  checks: Readonly<Record<Exclude<RouteKind, 'public'>, TokenCheck>>,
): void {
  fastify.addHook('onRoute', (route) => {
    const kind = kinds.kindOf(route.handler.name) ?? 'public';
    if (kind === 'public') return;
    const checkToken = checks[kind];
    const limitBytes = route.bodyLimit ?? fastify.initialConfig.bodyLimit ?? 0;
    const check = (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => {
      const { raw } = request;
      // A hot path: without a body the guard is early enough.
      if (!hasBody(raw)) {
        done();
        return;
      }
      checkToken(raw).then(
        () => {
          done();
        },
        async (error: unknown) => {
          if (!(await dropBody(raw, limitBytes))) reply.header('Connection', 'close');
          done(error as Error);
        },
      );
    };
    route.onRequest = [route.onRequest ?? [], check].flat();
  });
}

const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * Reads a body to its end, within the deadline of the server for a whole request.
 * @returns false if it is larger than the limit, or the client went away
 */
function dropBody(request: IncomingMessage, limitBytes: number): Promise<boolean> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return Promise.resolve(false);
  return new Promise((resolve) => {
    let bytes = 0;
    request
      .on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= limitBytes) return;
        request.pause();
        resolve(false);
      })
      .once('end', () => {
        resolve(true);
      })
      .once('close', () => {
        resolve(false);
      });
  });
}
