import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type OperatorPrincipal, OperatorPrincipalsService } from './operator-principals.service.js';

/** Opens a route to every operator who is signed in, and to no service account. */
@Injectable()
export class OperatorGuard implements CanActivate {
  constructor(private readonly principals: OperatorPrincipalsService) {}

  /** @throws {Problem} `origin_not_allowed`, `operator_session_missing` */
  async canActivate(context: ExecutionContext): Promise<true> {
    const { raw } = context.switchToHttp().getRequest<FastifyRequest>();
    Object.assign(raw, { user: await this.principals.of(raw) });
    return true;
  }
}

/** Gives a handler the {@link OperatorPrincipal} that the {@link OperatorGuard} has found. */
export const CurrentOperator = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { raw } = context.switchToHttp().getRequest<FastifyRequest>();
  return (raw as unknown as { user: OperatorPrincipal }).user;
});
