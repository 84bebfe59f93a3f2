import type { ThrottlerStorage } from '@nestjs/throttler';

/** About 150 bytes each. */
const MAX_WINDOWS = 100_000;

/** The answer to @nestjs/throttler for one hit. */
export type HitResult = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** The state of a window: its hits, and the seconds until it ends, at least 1. Both are 0 if no window is open. */
export type WindowState = Readonly<Record<'hits' | 'timeToExpire', number>>;

/** Returns the result of a hit. @param leftMs until the window ends */
export function hitResult(hits: number, leftMs: number, limit: number): HitResult {
  const { timeToExpire } = stateOf(hits, leftMs);
  const isBlocked = hits > limit;
  return { totalHits: hits, timeToExpire, isBlocked, timeToBlockExpire: isBlocked ? timeToExpire : 0 };
}

/** Returns the state of a window. @param leftMs until the window ends */
export const stateOf = (hits: number, leftMs: number): WindowState => ({
  hits,
  timeToExpire: hits === 0 ? 0 : Math.ceil(leftMs / 1000),
});

interface Window {
  hits: number;
  /** Epoch milliseconds. */
  endsAt: number;
}

/**
 * Counts hits in memory. The first hit of a key opens a window; when it has ended, the next hit opens another.
 * Memory is bounded: opening a window drops ended ones and, beyond `maxWindows`, the oldest one even if it has not ended.
 * A hot path: under 1 µs per hit, and no timer.
 */
export class MemoryRateLimitStorage implements ThrottlerStorage {
  /** In the order of their creation, which is also the order of their end. */
  private readonly windows = new Map<string, Window>();

  constructor(private readonly maxWindows = MAX_WINDOWS) {}

  /** Number of windows in memory. */
  get size(): number {
    return this.windows.size;
  }

  /**
   * Counts one hit.
   * @param ttl length of a window in milliseconds
   * @returns hits in the window including this one; seconds until it ends, at least 1
   */
  increment(key: string, ttl: number, limit: number): Promise<HitResult> {
    const now = Date.now();
    const window = this.liveWindow(key, ttl, now) ?? this.open(key, ttl, now);
    window.hits += 1;
    return Promise.resolve(hitResult(window.hits, window.endsAt - now, limit));
  }

  /**
   * Reads a window without counting a hit.
   * @param ttl length of a window in milliseconds
   */
  peek(key: string, ttl: number): Promise<WindowState> {
    const now = Date.now();
    const { hits, endsAt } = this.liveWindow(key, ttl, now) ?? { hits: 0, endsAt: now };
    return Promise.resolve(stateOf(hits, endsAt - now));
  }

  private liveWindow(key: string, ttl: number, now: number): Window | undefined {
    const window = this.windows.get(key);
    if (!window) return undefined;
    const left = window.endsAt - now;
    // More than a whole window is left only if the clock was set back, which must not lock callers out.
    return left > 0 && left <= ttl ? window : undefined;
  }

  private open(key: string, ttl: number, now: number): Window {
    this.windows.delete(key);
    this.dropEnded(now);
    const window = { hits: 0, endsAt: now + ttl };
    this.windows.set(key, window);
    return window;
  }

  /** Drops at most two ended windows per new one, so that the cost is spread over the calls. */
  private dropEnded(now: number): void {
    let dropped = 0;
    for (const [key, { endsAt }] of this.windows) {
      if (dropped === 2 || (endsAt > now && this.windows.size < this.maxWindows)) return;
      this.windows.delete(key);
      dropped += 1;
    }
  }
}
