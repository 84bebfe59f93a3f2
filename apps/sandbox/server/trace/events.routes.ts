import type { FastifyInstance } from 'fastify';
import type { Chain, ChainMessage } from './chain.js';

/**
 * `GET /sandbox/events`: the messages of the chain as server-sent events, first those that are remembered (after the one
 * named in `Last-Event-ID`, if any), then each as it happens.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function eventsRoutes(app: FastifyInstance, chain: Chain): void {
  app.get('/sandbox/events', (request, reply) => {
    chain.open();
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    raw.write(': the messages between mini-program, service and WeChat\n\n');
    const send = (message: ChainMessage) => {
      raw.write(`id: ${message.id}\ndata: ${JSON.stringify(message)}\n\n`);
    };
    for (const message of chain.since(Number(request.headers['last-event-id']) || 0)) send(message);
    raw.once('close', chain.watch(send));
  });
}
