import { ExpiringMap } from './expiring-map.js';

/** Counts the calls of each key in a window of time. A window begins with its first call, so that no test meets its edge. */
export class Quota {
  readonly #windows: ExpiringMap<{ calls: number }>;

  constructor(
    private readonly limit: number,
    windowMs: number,
  ) {
    this.#windows = new ExpiringMap(windowMs);
  }

  /** Takes one call out of the key's window; false, and nothing taken, where none is left. */
  take(key: string): boolean {
    const window = this.#windows.get(key);
    if (!window) this.#windows.set(key, { calls: 1 });
    else if (window.calls < this.limit) window.calls += 1;
    else return false;
    return true;
  }

  clear(): void {
    this.#windows.clear();
  }
}
