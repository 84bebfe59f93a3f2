/** How far the clocks of phones and service go ahead of the machine's. They only go forward. */
export class Clock {
  #aheadMs = 0;
  readonly #waiting = new Set<() => void>();

  get aheadMs(): number {
    return this.#aheadMs;
  }

  /** How many programs follow: each waits for the next move. */
  get followers(): number {
    return this.#waiting.size;
  }

  /** Moves the clock, and resolves when everyone who followed has come back for the next move, or after a second. */
  async moveTo(aheadMs: number): Promise<void> {
    this.#aheadMs = aheadMs;
    const expected = this.#waiting.size;
    for (const wake of [...this.#waiting]) wake();
    for (let patience = 100; this.#waiting.size < expected && patience > 0; patience--) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /**
   * Resolves when the clock differs from what is known.
   * @returns stops waiting
   */
  async next(knownMs: number, gone: AbortSignal): Promise<number> {
    while (this.#aheadMs === knownMs && !gone.aborted) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
        gone.addEventListener('abort', wake, { once: true });
      });
    }
    return this.#aheadMs;
  }
}
