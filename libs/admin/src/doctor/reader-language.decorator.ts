import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Language } from '@app/common';

/** Gives a handler the language of the texts in its answer: Chinese if `Accept-Language` begins with `zh`, else English. */
export const ReaderLanguage = createParamDecorator((_: unknown, context: ExecutionContext): Language => {
  const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
  return /^\s*zh\b/i.test(headers['accept-language'] ?? '') ? 'zh' : 'en';
});
