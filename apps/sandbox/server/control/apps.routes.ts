import type { FastifyInstance } from 'fastify';
import type { SandboxState } from '../state/state.js';
import { aBoolean, listOf, nullable, optional, readMembers, text } from './members.js';
import { AN_APP } from './whose-phone.js';

const APP_MODE = {
  appid: AN_APP,
  unbound: optional(aBoolean),
  ipWhitelist: optional(nullable(listOf(text(1, 64), 100))),
  secretFrozen: optional(aBoolean),
};

/**
 * `PUT /sandbox/apps` `{appid?, unbound?, ipWhitelist?, secretFrozen?}` changes what its owner could change at WeChat, and
 * answers the whole. What is absent stays as it is.
 */
export function appsRoutes(app: FastifyInstance, state: SandboxState): void {
  app.put('/sandbox/apps', (request, reply) => {
    const { appid, ...given } = readMembers(APP_MODE, request.body ?? {}, 'body');
    const before = state.appModes.of(appid);
    const mode = {
      unbound: given.unbound ?? before.unbound,
      ipWhitelist: given.ipWhitelist === undefined ? before.ipWhitelist : given.ipWhitelist,
      secretFrozen: given.secretFrozen ?? before.secretFrozen,
    };
    state.appModes.set(appid, mode);
    return reply.send({ appid, ...mode });
  });
}
