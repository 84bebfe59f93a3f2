import type { FastifyInstance } from 'fastify';
import type { Shutdown } from './shutdown.service.js';

/** A connection made in the last moment has sent its request within this time, or sends none. */
const LAST_HEADS_WITHIN_MS = 200;

/**
 * Lets no connection hold up a shutdown, and cuts off no answer. From the signal on, each answer is the last of its
 * connection. When the service has stopped listening and the last answer is out, what is still open is idle or has sent half
 * a head, and is closed.
 */
export function closeConnectionsOnShutdown(fastify: FastifyInstance, shutdown: Shutdown): void {
  let inFlight = 0;
  let closing = false;
  const closeIfDone = () => {
    if (closing && inFlight === 0) fastify.server.closeAllConnections();
  };
  fastify.addHook('onRequest', (_, reply, done) => {
    inFlight += 1;
    // Also where the client goes away before its answer comes.
    reply.raw.once('close', () => {
      inFlight -= 1;
      closeIfDone();
    });
    if (shutdown.begun) reply.header('Connection', 'close');
    done();
  });
  fastify.addHook('preClose', (done) => {
    done();
    setTimeout(() => {
      closing = true;
      closeIfDone();
    }, LAST_HEADS_WITHIN_MS).unref();
  });
}
