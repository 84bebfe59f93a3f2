import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { developerRoutes } from './control/control.routes.js';
import { refuseStrangers } from './loopback.js';
import { readApiUrl } from './api-url.js';
import { drawWeixin } from './trace/chain-hooks.js';
import { phoneRoutes } from './trace/phone.routes.js';
import { SandboxState } from './state/state.js';
import { weixinRoutes } from './weixin/weixin.routes.js';

/**
 * An imitation of WeChat's server API with a clean state of its own; it does not listen yet.
 * Listen on loopback: `await sandbox.listen({ host: '127.0.0.1', port: 0 })` gives its base URL.
 * `close()` cuts every connection, those that a `hang` holds included. Time is `Date.now()`.
 * @param apiUrl where the phone's requests go
 */
export function createSandbox(apiUrl = readApiUrl(undefined)): FastifyInstance {
  const sandbox = fastify({ logger: false, forceCloseConnections: true });
  const state = new SandboxState();

  sandbox.addHook('onRequest', refuseStrangers);
  sandbox.setErrorHandler((error: FastifyError, _request, reply) =>
    reply.code(error.statusCode ?? 500).send({ error: error.message }),
  );
  sandbox.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send({ error: `the sandbox has no ${request.method} ${request.url.replace(/\?.*/s, '')}` }),
  );
  drawWeixin(sandbox, state.chain);
  sandbox.register(phoneRoutes(state.chain, apiUrl));
  sandbox.register(weixinRoutes(state));
  sandbox.register(developerRoutes(state));
  return sandbox;
}
