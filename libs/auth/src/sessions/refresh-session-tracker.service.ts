import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '@app/problem';
import type { RateLimitTracker } from '@app/rate-limit';
import { RefreshTokens } from '../tokens/refresh-tokens.service.js';
import { MAX_TOKEN_LENGTH } from '../tokens/token.dto.js';

/** Counts a refresh against the session of its token, so that phones behind one carrier address do not share a limit. */
@Injectable()
export class RefreshSessionTracker implements RateLimitTracker {
  constructor(private readonly refreshTokens: RefreshTokens) {}

  /**
   * Returns the session of a genuine refresh token; undefined for anything else, which counts against the address.
   * The guard runs before the validation pipe, so the body can have any shape.
   */
  trackerOf({ body }: Pick<FastifyRequest, 'body'>): string | undefined {
    const token = (body as { refresh?: unknown } | null | undefined)?.refresh;
    if (typeof token !== 'string' || token.length > MAX_TOKEN_LENGTH) return undefined;
    try {
      return this.refreshTokens.read(token).sid;
    } catch (error) {
      if (error instanceof Problem) return undefined;
      throw error;
    }
  }
}
