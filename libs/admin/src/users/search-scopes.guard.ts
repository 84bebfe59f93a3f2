import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '@app/problem';
import { servicePrincipalOf } from '../guard/service-principal.js';
import type { Scope } from '../service-accounts/scope.js';

const NEEDED = {
  openid: 'identities:read',
  unionid: 'identities:read',
  phone: 'phones:read',
} as const satisfies Record<string, Scope>;

/**
 * Requires the scope of each member that a search has: the scope that reveals the same value. After the guard of `@Scopes()`.
 * The body is not validated yet: it is an object of any members, or undefined.
 */
@Injectable()
export class SearchScopesGuard implements CanActivate {
  /** @throws {Problem} `insufficient_scope` */
  canActivate(context: ExecutionContext): true {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { scopes } = servicePrincipalOf(request);
    const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
    for (const [member, scope] of Object.entries(NEEDED))
      if (Object.hasOwn(body, member) && !scopes.includes(scope)) throw new Problem('insufficient_scope');
    return true;
  }
}
