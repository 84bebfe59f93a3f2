import type { IncomingMessage } from 'node:http';
import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Problem } from '@app/problem';
import { Revocations } from '../sessions/revocation/revocations.service.js';
import type { Principal } from '../principal.js';
import { isPublic } from '../public.decorator.js';

/** Runs Passport's JWT strategy and checks revocations before every route that is not `@Public()`. Bound once, as APP_GUARD. */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly revocations: Revocations,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (isPublic(this.reflector, context.getHandler(), context.getClass())) return true;
    await super.canActivate(context);
    await this.revocations.assertLive(
      (this.getRequest(context) as IncomingMessage & { user: Principal }).user,
    );
    return true;
  }

  /** Passport works on Node's own request, which Fastify wraps. */
  override getRequest(context: ExecutionContext): IncomingMessage {
    return context.switchToHttp().getRequest<FastifyRequest>().raw;
  }

  /** Throws the problem of the strategy as it is: @nestjs/passport would replace it by a plain 401. */
  override handleRequest<TUser>(error: Error | null, user: TUser | false): TUser {
    if (error) throw error;
    if (user) return user;
    throw new Problem('token_invalid');
  }
}
