import type { ThrottlerStorage } from '@nestjs/throttler';
import type { RedisWindows } from '@app/redis';
import { type Counted, FixedWindows, verdict } from './fixed-windows.js';

/** Counts the hits of all instances together in Redis, and while that does not answer, those of this one. */
export class SharedWindows implements ThrottlerStorage {
  private readonly own = new FixedWindows();

  constructor(private readonly redis: RedisWindows) {}

  /** As {@link FixedWindows.increment}, by the clock of Redis. */
  async increment(key: string, ttl: number, limit: number): Promise<Counted> {
    const hit = await this.redis.hit(key, ttl);
    return hit ? verdict(hit.hits, hit.leftMs, limit) : this.own.increment(key, ttl, limit);
  }
}
