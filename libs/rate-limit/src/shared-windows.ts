import type { RedisHitCounterService } from '@app/redis';
import { type Counted, FixedWindows, NO_WINDOW, stateOf, verdict } from './fixed-windows.js';
import type { RateWindows, WindowState } from './rate-windows.js';

/** Counts the hits of all instances together in Redis, and while that does not answer, those of this one. */
export class SharedWindows implements RateWindows {
  private readonly own = new FixedWindows();

  constructor(private readonly redis: RedisHitCounterService) {}

  /** As {@link FixedWindows.increment}, by the clock of Redis. */
  async increment(key: string, ttl: number, limit: number): Promise<Counted> {
    const hit = await this.redis.hit(key, ttl);
    return hit ? verdict(hit.hits, hit.leftMs, limit) : this.own.increment(key, ttl, limit);
  }

  /** As {@link FixedWindows.peek}, by the clock of Redis. */
  async peek(key: string, ttl: number): Promise<WindowState> {
    const window = await this.redis.peek(key, ttl);
    if (!window) return this.own.peek(key, ttl);
    return window.hits === 0 ? NO_WINDOW : stateOf(window.hits, window.leftMs);
  }
}
