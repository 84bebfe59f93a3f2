import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** The sender of a request, from its connection and headers. */
export interface ClientInfo {
  /** Not masked. */
  readonly ip?: string | undefined;
  readonly userAgent?: string | undefined;
}

/** Injects the {@link ClientInfo} of the request into a handler. */
export const Client = createParamDecorator((_: unknown, context: ExecutionContext): ClientInfo => {
  const { ip, headers } = context.switchToHttp().getRequest<FastifyRequest>();
  return { ip, userAgent: headers['user-agent'] };
});
