import type { ThrottlerStorage } from '@nestjs/throttler';

/** A window as it is, without a hit. */
export interface WindowState {
  /** 0 if no window is open. */
  readonly hits: number;
  /** Seconds until it ends, at least 1; 0 if no window is open. */
  readonly timeToExpire: number;
}

/** Where hits are counted: in memory, or in Redis if `REDIS_URL` is set. */
export interface RateWindows extends ThrottlerStorage {
  /**
   * Reads a window and counts nothing.
   * @param ttl length of a window in milliseconds
   */
  peek(key: string, ttl: number): Promise<WindowState>;
}
