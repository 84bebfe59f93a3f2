import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { RateLimitTracker } from '@app/rate-limit';
import { RefreshTokensService } from '../tokens/refresh-tokens.service.js';
import { MAX_TOKEN_LENGTH } from '../tokens/token.dto.js';

/** Counts a refresh against the session of its token, so that phones behind one carrier address do not share a limit. */
@Injectable()
export class RefreshSessionTrackerService implements RateLimitTracker {
  constructor(private readonly refreshTokens: RefreshTokensService) {}

  /**
   * Returns the session of a valid refresh token; undefined for any other body, which counts against the address.
   * The guard runs before the validation pipe, so the body can have any shape.
   */
  trackerOf({ body }: Pick<FastifyRequest, 'body'>): string | undefined {
    const token = (body as { refresh?: unknown } | null | undefined)?.refresh;
    const isReadable = typeof token === 'string' && token.length <= MAX_TOKEN_LENGTH;
    return isReadable ? this.refreshTokens.sessionIdOf(token) : undefined;
  }
}
