import type { FastifyInstance } from 'fastify';
import { optional, readMembers } from './members.js';
import { WHOSE_PHONE } from './whose-phone.js';
import type { SandboxState } from '../state/state.js';
import { identityOf } from '../state/identity.js';
import { aPhone, phoneNumberOf } from '../state/phone-number.js';

/** `POST /sandbox/phone-codes` `{appid?, user?, phone?}` → `{code}`: what a getPhoneNumber button gives. */
export function phoneCodesRoutes(app: FastifyInstance, state: SandboxState): void {
  app.post('/sandbox/phone-codes', (request, reply) => {
    const { appid, user, phone } = readMembers(
      { ...WHOSE_PHONE, phone: optional(aPhone) },
      request.body ?? {},
      'body',
    );
    state.visits.note(identityOf(appid, user));
    const code = state.phoneCodes.mint(appid, phoneNumberOf(phone ?? state.users.of(user).phone));
    return reply.send({ code });
  });
}
