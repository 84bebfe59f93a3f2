import type { FastifyInstance } from 'fastify';
import type { Chain } from './chain.js';
import { eventsRoutes } from './events.routes.js';
import { forwardRoutes } from './forward.routes.js';
import { pageRoutes } from '../control/page.routes.js';

/**
 * What the page at `/` needs: its files, the picture of the three parties, and the way to the service.
 * @param apiUrl where the service is
 */
export function phoneRoutes(chain: Chain, apiUrl: URL) {
  return (app: FastifyInstance, _options: unknown, done: () => void): void => {
    app.register(pageRoutes(chain, apiUrl));
    app.register(forwardRoutes(chain, apiUrl));
    eventsRoutes(app, chain);
    done();
  };
}
