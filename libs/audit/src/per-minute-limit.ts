const MINUTE_MS = 60_000;

/** Admits a number of calls in each minute of the clock and counts the rest. */
export class PerMinuteLimit {
  private minute = -1;
  private admitted = 0;
  private refused = 0;

  constructor(private readonly perMinute: number) {}

  /** Returns whether the call is within the limit of this minute. */
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

  /** Whether {@link takeRefused} has refused calls to return. */
  get hasRefused(): boolean {
    return this.refused > 0;
  }

  /**
   * Returns the number of refused calls once, after the end of their minute.
   * @param immediately also before the end of the minute
   */
  takeRefused(immediately = false): number {
    if (!immediately && thisMinute() === this.minute) return 0;
    const { refused } = this;
    this.refused = 0;
    return refused;
  }
}

const thisMinute = () => Math.floor(Date.now() / MINUTE_MS);
