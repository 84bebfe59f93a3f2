import type { IncomingMessage } from 'node:http';
import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { RevocationsService } from '../sessions/revocation/revocations.service.js';
import type { Principal } from '../principal.js';
import { routeKind } from '../route-kind.js';
import { PassportGuard } from './passport-guard.js';

/**
 * Runs Passport's JWT strategy and checks revocations before every route of users. Bound once, as APP_GUARD. The other
 * routes are `@Public()`, or have the guard of service accounts, which `@Scopes()` binds.
 */
@Injectable()
export class JwtAuthGuard extends PassportGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly revocations: RevocationsService,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (routeKind(this.reflector, context.getHandler(), context.getClass()) !== 'user') return true;
    await super.canActivate(context);
    await this.revocations.assertLive(
      (this.getRequest(context) as IncomingMessage & { user: Principal }).user,
    );
    return true;
  }
}
