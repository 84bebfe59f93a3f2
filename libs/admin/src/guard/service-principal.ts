import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { LiveOperatorSession } from '../operators/sessions/operator-sessions.service.js';
import type { LiveAccount } from '../service-accounts/live-accounts.service.js';
import type { AdminScope } from './admin-scope.js';

/** The sender of a request to `/api/admin`: a live service account with the scopes of its token, or an operator. */
export interface ServicePrincipal extends Omit<LiveAccount, 'scopes'> {
  /** `client_id`, or `operator:<name>`: the actor of audit events. */
  readonly clientId: string;
  readonly scopes: readonly AdminScope[];
  /** Set if the sender is an operator. */
  readonly session?: LiveOperatorSession;
}

/** Returns the account or operator that a guard has authenticated. Passport sets it on Node's request, as `ClientGuard` does. */
export const servicePrincipalOf = ({ raw }: FastifyRequest): ServicePrincipal =>
  (raw as unknown as { user: ServicePrincipal }).user;

/** Gives a handler the {@link ServicePrincipal} of its request; to `/oauth`, the live account with all its scopes. */
export const CurrentService = createParamDecorator(
  (_: unknown, context: ExecutionContext): ServicePrincipal =>
    servicePrincipalOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
