import type { FastifyInstance } from 'fastify';
import type { SandboxState } from '../state/state.js';
import type { Chain } from '../trace/chain.js';
import { WEIXIN_PATHS } from '../weixin/endpoints.js';
import type { Clock } from '../state/clock.js';
import { appsRoutes } from './apps.routes.js';
import { BadRequest } from './bad-request.js';
import { clockRoutes } from './clock.routes.js';
import { faultsRoutes } from './faults.routes.js';
import { codesRoutes } from './login-codes.routes.js';
import { openDataRoutes } from './open-data.routes.js';
import { phoneCodesRoutes } from './phone-codes.routes.js';
import { pushesRoutes } from './pushes.routes.js';
import { riskyWordsRoutes } from './risky-words.routes.js';
import { usersRoutes } from './users.routes.js';

/**
 * Serves the routes under `/sandbox/` by which a developer acts as the phone and sets faults. JSON in and out.
 * @param trace is cleared with the state
 * @param clock goes on: it never goes back
 * @param apiUrl where pushes go
 */
export function controlRoutes(state: SandboxState, trace: Chain, clock: Clock, apiUrl: URL) {
  return (app: FastifyInstance, _options: unknown, done: () => void): void => {
    acceptJson(app);
    codesRoutes(app, state);
    phoneCodesRoutes(app, state);
    openDataRoutes(app, state);
    appsRoutes(app, state);
    usersRoutes(app, state);
    pushesRoutes(app, trace, apiUrl, clock);
    riskyWordsRoutes(app, state);
    faultsRoutes(app, state);
    clockRoutes(app, clock);

    app.get('/sandbox/stats', (_request, reply) =>
      reply.send(Object.fromEntries(WEIXIN_PATHS.map((path) => [path, state.calls.of(path)]))),
    );
    app.post('/sandbox/reset', (_request, reply) => {
      state.clear();
      trace.clear();
      return reply.send({ reset: true });
    });
    done();
  };
}

/** Reads every body as JSON: `curl -d` says that it sends a form, and `curl -XPOST` sends nothing. */
function acceptJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') {
      done(null, undefined);
      return;
    }
    try {
      done(null, JSON.parse(String(body)));
    } catch {
      done(new BadRequest('the body is not JSON'));
    }
  });
}
