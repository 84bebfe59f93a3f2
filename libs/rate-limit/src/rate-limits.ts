import { Reflector } from '@nestjs/core';
import type { Config } from '@app/config';
import type { RedisWindows } from '@app/redis';
import { FixedWindows } from './fixed-windows.js';
import { SharedWindows } from './shared-windows.js';

/** A group of routes that is counted by itself. */
export type RateLimitName = 'login' | 'refresh' | 'verify';

/** Says which limit a route stands under. */
export const LimitedAs = Reflector.createDecorator<RateLimitName>();

/** One throttler of @nestjs/throttler. */
export interface RateLimitPolicy {
  readonly name: RateLimitName;
  /** Hits in one window; 0 for no limit. */
  readonly limit: number;
  /** Length of a window in milliseconds. */
  readonly ttl: number;
}

/** What @nestjs/throttler is to know: the limits, and where hits are counted. */
export function throttlerOptions(config: Config, redis: RedisWindows) {
  const perMinute = (name: RateLimitName, limit: number): RateLimitPolicy => ({ name, limit, ttl: 60_000 });
  return {
    throttlers: [
      perMinute('login', config.rateLimitLoginPerMinute),
      perMinute('refresh', config.rateLimitRefreshPerMinute),
      perMinute('verify', config.rateLimitVerifyPerMinute),
    ],
    storage: redis.isConfigured ? new SharedWindows(redis) : new FixedWindows(),
  };
}
