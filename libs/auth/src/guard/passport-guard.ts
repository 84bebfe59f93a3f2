import type { IncomingMessage } from 'node:http';
import type { ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Problem } from '@app/problem';

/** Returns the base class of a guard that runs a strategy of Passport on Fastify. */
export function PassportGuard(strategy: string) {
  return class extends AuthGuard(strategy) {
    /** Returns Node's own request, which Passport works on and Fastify wraps. */
    override getRequest(context: ExecutionContext): IncomingMessage {
      return context.switchToHttp().getRequest<FastifyRequest>().raw;
    }

    /** Throws the problem of the strategy unchanged: @nestjs/passport would replace it by a plain 401. */
    override handleRequest<TUser>(error: Error | null, user: TUser | false): TUser {
      if (error) throw error;
      if (user) return user;
      throw new Problem('token_invalid');
    }
  };
}
