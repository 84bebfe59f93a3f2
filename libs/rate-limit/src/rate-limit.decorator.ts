import { applyDecorators, type Type, UseGuards } from '@nestjs/common';
import { RateLimitGuard } from './rate-limit.guard.js';
import { LimitedAs, type RateLimitName, type RateLimitTracker } from './rate-limits.js';

/**
 * Limits how often one caller may call a route in a minute, by `RATE_LIMIT_<NAME>_PER_MINUTE`. Routes with one name share
 * one count. Every counted answer carries `RateLimit-Policy` and `RateLimit`.
 * @param tracker a provider that names the caller; where it returns undefined, and by default, the address does
 */
export function RateLimit(name: RateLimitName, tracker?: Type<RateLimitTracker>): MethodDecorator {
  return applyDecorators(LimitedAs({ name, tracker }), UseGuards(RateLimitGuard));
}
