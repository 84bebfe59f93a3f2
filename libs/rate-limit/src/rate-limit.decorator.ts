import { applyDecorators, type Type, UseGuards } from '@nestjs/common';
import { RateLimitGuard } from './rate-limit.guard.js';
import { RateLimited, type RateLimitName, type RateLimitTracker } from './rate-limit-options.js';

/**
 * Limits the requests of one caller to a route per minute, by `RATE_LIMIT_<NAME>_PER_MINUTE`. Routes with one name share a
 * count. Every counted answer has `RateLimit-Policy` and `RateLimit`.
 * @param tracker a provider that names the caller. The default, also if it returns undefined, is the address
 */
export function RateLimit(name: RateLimitName, tracker?: Type<RateLimitTracker>): MethodDecorator {
  return applyDecorators(RateLimited({ name, tracker }), UseGuards(RateLimitGuard));
}
