import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';

/** Adds a weak `ETag` to an answer, and answers 304 to a client that has the same one already (RFC 9110 section 13.1.2). */
@Injectable()
export class WeakEtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const { headers } = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      map((body: unknown) => {
        const tag = tagOf(body);
        void reply.header('ETag', `W/${tag}`);
        if (!names(headers['if-none-match'] ?? '', tag)) return body;
        void reply.status(304);
        return undefined;
      }),
    );
  }
}

const tagOf = (body: unknown): string =>
  `"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22)}"`;

/** Weak comparison: the prefix of a tag does not matter. */
const names = (tags: string, tag: string): boolean =>
  tags.split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
