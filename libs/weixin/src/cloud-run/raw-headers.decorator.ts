import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Injects the headers as received: name, value, name, value… `request.headers` joins or drops repeated ones. */
export const RawHeaders = createParamDecorator(
  (_: unknown, context: ExecutionContext): readonly string[] =>
    context.switchToHttp().getRequest<FastifyRequest>().raw.rawHeaders,
);
