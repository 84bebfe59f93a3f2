import type { FastifyInstance } from 'fastify';
import type { SandboxState } from '../state/state.js';
import { integer, optional, readMembers } from './members.js';
import { A_PHONE, A_USER } from './whose-phone.js';

const USER = { user: A_USER, phone: optional(A_PHONE), riskRank: optional(integer(0, 4)) };

/**
 * `PUT /sandbox/users` `{user?, phone?, riskRank?}` changes a person, in all apps, and answers the whole. What is absent
 * stays as it is.
 */
export function usersRoutes(app: FastifyInstance, state: SandboxState): void {
  app.put('/sandbox/users', (request, reply) => {
    const { user, phone, riskRank } = readMembers(USER, request.body ?? {}, 'body');
    const before = state.users.of(user);
    const after = { phone: phone ?? before.phone, riskRank: riskRank ?? before.riskRank };
    state.users.set(user, after);
    return reply.send({ user, ...after });
  });
}
