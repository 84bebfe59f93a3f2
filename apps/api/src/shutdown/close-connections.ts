import type { FastifyInstance } from 'fastify';
import type { Listeners } from '../http/listeners.js';
import type { RequestsInTurn } from '../http/requests-in-turn.js';
import type { ShutdownService } from './shutdown.service.js';

/** How long to wait for the request of a connection that was opened right before the service stopped listening. */
const LAST_REQUEST_WITHIN_MS = 200;

/**
 * Closes the connections at a shutdown without cutting off an answer. After the signal, each answer closes its connection.
 * When the service has stopped listening and has sent the last answer, it closes the remaining connections. Those are idle
 * or have sent a part of the headers only.
 */
export function closeConnectionsOnShutdown(
  fastify: FastifyInstance,
  shutdown: ShutdownService,
  requests: RequestsInTurn,
  listeners: Listeners,
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
        listeners.admin?.closeAllConnections();
      });
    }, LAST_REQUEST_WITHIN_MS).unref();
  });
}
