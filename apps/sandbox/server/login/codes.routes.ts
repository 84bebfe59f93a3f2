import type { FastifyInstance } from 'fastify';
import { oneOf, readMembers, text, withDefault } from '../developer/members.js';
import type { SandboxState } from '../state.js';
import { DEFAULT_APPID, WEIXIN_APPS } from '../weixin/apps.js';
import { DEFAULT_USER, identityOf } from '../weixin/identity.js';

/** Whom the phone belongs to, and which mini-program it has open. */
const PHONE = {
  appid: withDefault(oneOf([...WEIXIN_APPS.keys()]), DEFAULT_APPID),
  user: withDefault(text(1, 64), DEFAULT_USER),
};

/** `POST /sandbox/codes` `{appid?, user?}` → `{code}`: what `wx.login()` gives, with a new session_key as after a login. */
export function codesRoutes(app: FastifyInstance, state: SandboxState): void {
  app.post('/sandbox/codes', (request, reply) => {
    const { appid, user } = readMembers(PHONE, request.body ?? {}, 'body');
    const identity = identityOf(appid, user);
    state.sessionKeys.rotate(identity.openid);
    return reply.send({ code: state.loginCodes.mint(identity) });
  });
}
