import type { RedisHitCounterService } from '@app/redis';
import {
  type HitResult,
  hitResult,
  MemoryRateLimitStorage,
  stateOf,
  type WindowState,
} from './memory-rate-limit-storage.js';

/** Counts the hits of all instances together, by the clock of Redis; in memory while Redis does not answer. */
export class RedisRateLimitStorage extends MemoryRateLimitStorage {
  constructor(private readonly redis: RedisHitCounterService) {
    super();
  }

  override async increment(key: string, ttl: number, limit: number): Promise<HitResult> {
    const hit = await this.redis.hit(key, ttl);
    return hit ? hitResult(hit.hits, hit.leftMs, limit) : super.increment(key, ttl, limit);
  }

  override async peek(key: string, ttl: number): Promise<WindowState> {
    const window = await this.redis.peek(key, ttl);
    return window ? stateOf(window.hits, window.leftMs) : super.peek(key, ttl);
  }
}
