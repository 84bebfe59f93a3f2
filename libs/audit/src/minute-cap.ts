const MINUTE_MS = 60_000;

/** Lets so many through in each minute of the clock and counts the rest. */
export class MinuteCap {
  private minute = -1;
  private admitted = 0;
  private refused = 0;

  constructor(private readonly perMinute: number) {}

  /** @returns whether one more fits into this minute */
  admit(): boolean {
    const minute = thisMinute();
    if (minute !== this.minute) {
      this.minute = minute;
      this.admitted = 0;
    }
    if (this.admitted < this.perMinute) {
      this.admitted += 1;
      return true;
    }
    this.refused += 1;
    return false;
  }

  /** Whether some were refused that nobody has taken yet. */
  get hasRefused(): boolean {
    return this.refused > 0;
  }

  /**
   * How many were refused, once, when their minute is over.
   * @param atOnce does not wait for the end of the minute
   */
  takeRefused(atOnce = false): number {
    if (!atOnce && thisMinute() === this.minute) return 0;
    const { refused } = this;
    this.refused = 0;
    return refused;
  }
}

const thisMinute = () => Math.floor(Date.now() / MINUTE_MS);
