import type { FastifyInstance } from 'fastify';
import type { RequestsInTurn } from '../http/requests-in-turn.js';
import type { Shutdown } from './shutdown.service.js';

/** A connection made in the last moment has sent its request within this time, or sends none. */
const LAST_HEADS_WITHIN_MS = 200;

/**
 * Lets no connection delay a shutdown, and cuts off no answer. From the signal on, each answer is the last of its
 * connection. When the service has stopped listening and the last answer is out, the remaining connections are idle or have
 * sent half a head, and are closed.
 */
export function closeConnectionsOnShutdown(
  fastify: FastifyInstance,
  shutdown: Shutdown,
  requests: RequestsInTurn,
): void {
  fastify.addHook('onRequest', (_, reply, done) => {
    if (shutdown.begun) reply.header('Connection', 'close');
    done();
  });
  fastify.addHook('preClose', (done) => {
    done();
    setTimeout(() => {
      void requests.idle().then(() => {
        fastify.server.closeAllConnections();
      });
    }, LAST_HEADS_WITHIN_MS).unref();
  });
}
