import type { FastifyInstance } from 'fastify';
import { identityOf } from '../state/identity.js';
import { phoneNumberOf } from '../state/phone-number.js';
import type { SandboxState } from '../state/state.js';
import { optional, readMembers } from './members.js';
import { A_PHONE, WHOSE_PHONE } from './whose-phone.js';

/** `POST /sandbox/phone-codes` `{appid?, user?, phone?}` → `{code}`: what a getPhoneNumber button gives. */
export function phoneCodesRoutes(app: FastifyInstance, state: SandboxState): void {
  app.post('/sandbox/phone-codes', (request, reply) => {
    const { appid, user, phone } = readMembers(
      { ...WHOSE_PHONE, phone: optional(A_PHONE) },
      request.body ?? {},
      'body',
    );
    state.visits.note(identityOf(appid, user));
    const code = state.phoneCodes.mint(appid, phoneNumberOf(phone ?? state.users.of(user).phone));
    return reply.send({ code });
  });
}
