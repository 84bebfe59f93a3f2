const SWEEP_EVERY_MS = 1000;

/**
 * A map whose entries die `ttlMs` milliseconds after they were set: at that age, to the millisecond, they are gone.
 * It reads `Date.now()` and owns no timer; what is dead is dropped when something new is set.
 */
export class ExpiringMap<V> {
  readonly #entries = new Map<string, { value: V; expiresAt: number }>();
  #sweptAt = 0;

  constructor(private readonly ttlMs: number) {}

  /** Entries held, dead ones that were not yet dropped included. */
  get size(): number {
    return this.#entries.size;
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.expiresAt > Date.now() ? entry.value : undefined;
  }

  set(key: string, value: V): void {
    const now = Date.now();
    this.#sweep(now);
    // Deleted first: a Map keeps the place of a key that it knows, and the sweep needs the oldest in front.
    this.#entries.delete(key);
    this.#entries.set(key, { value, expiresAt: now + this.ttlMs });
  }

  clear(): void {
    this.#entries.clear();
  }

  #sweep(now: number): void {
    // Not at each set: V8 walks over the holes that deletions leave in front, 100,000 of them in the worst case.
    if (Math.abs(now - this.#sweptAt) < SWEEP_EVERY_MS) return;
    this.#sweptAt = now;
    for (const [key, entry] of this.#entries) {
      if (entry.expiresAt > now) return;
      this.#entries.delete(key);
    }
  }
}
