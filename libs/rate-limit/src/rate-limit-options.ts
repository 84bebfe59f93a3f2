import type { Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Config } from '@app/config';
import type { RedisHitCounterService } from '@app/redis';
import { MemoryRateLimitStorage } from './memory-rate-limit-storage.js';
import { RedisRateLimitStorage } from './redis-rate-limit-storage.js';

/** A group of routes with a count of its own. */
export type RateLimitName = 'login' | 'refresh' | 'service_token' | 'verify';

/** Names the caller that a request counts against. */
export interface RateLimitTracker {
  trackerOf(request: FastifyRequest): string | undefined;
}

/** The limit of a route, and the provider that names its callers. */
export const RateLimited = Reflector.createDecorator<{
  name: RateLimitName;
  tracker?: Type<RateLimitTracker> | undefined;
}>();

/** One throttler of @nestjs/throttler. */
export interface RateLimitPolicy {
  readonly name: RateLimitName;
  /** Hits in one window; 0 for no limit. */
  readonly limit: number;
  /** Length of a window in milliseconds. */
  readonly ttl: number;
}

/** Returns the options of @nestjs/throttler: the limits and the storage. */
export function throttlerOptions(config: Config, redis: RedisHitCounterService) {
  const perMinute = (name: RateLimitName, limit: number): RateLimitPolicy => ({ name, limit, ttl: 60_000 });
  return {
    throttlers: [
      perMinute('login', config.RATE_LIMIT_LOGIN_PER_MINUTE),
      perMinute('refresh', config.RATE_LIMIT_REFRESH_PER_MINUTE),
      perMinute('service_token', config.RATE_LIMIT_SERVICE_TOKEN_PER_MINUTE),
      perMinute('verify', config.RATE_LIMIT_VERIFY_PER_MINUTE),
    ],
    storage: redis.isConfigured ? new RedisRateLimitStorage(redis) : new MemoryRateLimitStorage(),
  };
}
