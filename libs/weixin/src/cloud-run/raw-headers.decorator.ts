import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Gives a handler the headers as they came: name, value, name, value… Node joins or drops repeated ones elsewhere. */
export const RawHeaders = createParamDecorator(
  (_: unknown, context: ExecutionContext): readonly string[] =>
    context.switchToHttp().getRequest<FastifyRequest>().raw.rawHeaders,
);
