import type { FastifyInstance } from 'fastify';
import { riskyWordsRoutes } from './risky-words.routes.js';
import { faultsRoutes } from './faults.routes.js';
import { codesRoutes } from './login-codes.routes.js';
import { phoneCodesRoutes } from './phone-codes.routes.js';
import { openDataRoutes } from './open-data.routes.js';
import type { SandboxState } from '../state/state.js';
import { appsRoutes } from './apps.routes.js';
import { BadRequest } from './bad-request.js';
import { usersRoutes } from './users.routes.js';

/** The developer's side, under `/sandbox/`: it stands for the phone, and it breaks WeChat at will. JSON in and out. */
export function developerRoutes(state: SandboxState) {
  return (app: FastifyInstance, _options: unknown, done: () => void): void => {
    acceptJson(app);
    codesRoutes(app, state);
    phoneCodesRoutes(app, state);
    openDataRoutes(app, state);
    appsRoutes(app, state);
    usersRoutes(app, state);
    riskyWordsRoutes(app, state);
    faultsRoutes(app, state);

    app.get('/sandbox/stats', (_request, reply) => reply.send(state.stats()));
    app.post('/sandbox/reset', (_request, reply) => {
      state.reset();
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
