import type { IncomingMessage } from 'node:http';
import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { PassportGuard } from '@app/auth';
import { Problem } from '@app/problem';
import type { AdminScope } from './admin-scope.js';
import { ADMIN } from './admin.strategy.js';
import type { ServicePrincipal } from './service-principal.js';

/** The scopes of which a route needs each. */
export const RequiredScopes = Reflector.createDecorator<readonly AdminScope[]>();

/** Whether operators have to confirm a code before they use a route. */
export const RequiresStepUp = Reflector.createDecorator<boolean>();

/** Runs Passport's strategy of the admin API, and checks scopes and step-up. Bound by `@Scopes()`. */
@Injectable()
export class AdminGuard extends PassportGuard(ADMIN) {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  /**
   * @throws {Problem} `token_*` and `operator_session_missing` 401, `origin_not_allowed` and `step_up_required` 403,
   * `insufficient_scope` 403, also for a route without scopes
   */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    await super.canActivate(context);
    const { user } = this.getRequest(context) as IncomingMessage & { user: ServicePrincipal };
    const handlers = [context.getHandler(), context.getClass()];
    const required = this.reflector.getAllAndOverride(RequiredScopes, handlers) as
      readonly AdminScope[] | undefined;
    if (!required?.length || !required.every((scope) => user.scopes.includes(scope)))
      throw new Problem('insufficient_scope');
    const needsStepUp = this.reflector.getAllAndOverride(RequiresStepUp, handlers) as boolean | undefined;
    if (needsStepUp && user.session && user.session.stepUpUntil === undefined)
      throw new Problem('step_up_required');
    return true;
  }
}
