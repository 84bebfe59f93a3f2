import type { FastifyInstance } from 'fastify';
import { identityOf } from '../state/identity.js';
import type { SandboxState } from '../state/state.js';
import { readMembers } from './members.js';
import { WHOSE_PHONE } from './whose-phone.js';

/** `POST /sandbox/codes` `{appid?, user?}` → `{code}`: what `wx.login()` gives, with a new session_key as after a login. */
export function codesRoutes(app: FastifyInstance, state: SandboxState): void {
  app.post('/sandbox/codes', (request, reply) => {
    const { appid, user } = readMembers(WHOSE_PHONE, request.body ?? {}, 'body');
    const identity = identityOf(appid, user);
    state.sessionKeys.rotate(identity);
    state.visits.note(identity);
    return reply.send({ code: state.loginCodes.mint(identity) });
  });
}
