import { applyDecorators, UseGuards } from '@nestjs/common';
import { RateLimitGuard } from './rate-limit.guard.js';
import { LimitedAs, type RateLimitName } from './rate-limits.js';

/**
 * Limits how often one caller may call a route in a minute, by `RATE_LIMIT_<NAME>_PER_MINUTE`. Routes with one name share
 * one count. Every answer it counted carries `RateLimit-Policy` and `RateLimit`.
 */
export function RateLimit(name: RateLimitName): MethodDecorator {
  return applyDecorators(LimitedAs(name), UseGuards(RateLimitGuard));
}
