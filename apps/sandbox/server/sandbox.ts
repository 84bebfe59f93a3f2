import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { readApiUrl } from './api-url.js';
import { Clock } from './state/clock.js';
import { controlRoutes } from './control/control.routes.js';
import { pageRoutes } from './control/page.routes.js';
import { refuseStrangers } from './loopback.js';
import type { OwnPhone } from './own-phone.js';
import { SandboxState } from './state/state.js';
import { drawWeixin } from './trace/chain-hooks.js';
import { Chain } from './trace/chain.js';
import { eventsRoutes } from './trace/events.routes.js';
import { forwardRoutes } from './trace/forward.routes.js';
import { weixinRoutes } from './weixin/weixin.routes.js';

/**
 * An imitation of WeChat's server API with a clean state of its own; it does not listen yet.
 * Listen on loopback: `await sandbox.listen({ host: '127.0.0.1', port: 0 })` gives its base URL.
 * `close()` cuts every connection, those that a `hang` holds included. Time is `Date.now()`.
 * @param apiUrl where the phone's requests go
 * @param ownPhone the phone with another mini-program than that of this repository
 */
export function createSandbox(apiUrl = readApiUrl(), ownPhone?: OwnPhone): FastifyInstance {
  const sandbox = fastify({ logger: false, forceCloseConnections: true });
  const state = new SandboxState();
  const trace = new Chain();
  const clock = new Clock();

  sandbox.addHook('onClose', () => ownPhone?.close());
  sandbox.addHook('onRequest', refuseStrangers);
  sandbox.setErrorHandler((error: FastifyError, _request, reply) =>
    reply.code(error.statusCode ?? 500).send({ error: error.message }),
  );
  sandbox.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send({ error: `the sandbox has no ${request.method} ${request.url.replace(/\?.*/s, '')}` }),
  );
  drawWeixin(sandbox, trace);
  eventsRoutes(sandbox, trace);
  sandbox.register(forwardRoutes(trace, apiUrl));
  sandbox.register(pageRoutes(trace, clock, apiUrl, ownPhone));
  sandbox.register(weixinRoutes(state));
  sandbox.register(controlRoutes(state, trace, clock, apiUrl));
  return sandbox;
}
