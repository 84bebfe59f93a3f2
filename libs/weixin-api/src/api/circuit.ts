import type { OutageLog } from '@app/common';
import { Problem } from '@app/problem';

/**
 * Failures in a row that open a circuit. One answer of any kind sets the count to zero, so a slow call among good ones
 * changes nothing. WeChat's errcode is an answer, and so is a status 4xx: no client can open the circuit by what it sends.
 */
const FAILURES_TO_OPEN = 10;
/** How long an open circuit refuses calls; then one call tries. */
const OPEN_MS = 5000;

/** Refuses calls for a while after many have failed in a row. A closed one adds less than a microsecond to a call. */
export class Circuit {
  private failures = 0;
  /** Epoch milliseconds; undefined while closed. */
  private openedAt: number | undefined;
  private isTrying = false;

  constructor(private readonly outage: OutageLog) {}

  /** What it does now; half open, one call tries. */
  get state(): 'closed' | 'half_open' | 'open' {
    if (this.openedAt === undefined) return 'closed';
    return this.leftMs(this.openedAt) > 0 ? 'open' : 'half_open';
  }

  /**
   * Runs one call.
   * @param work fails only where WeChat gives no usable answer: a refusal is an answer
   * @throws {Problem} `weixin_unavailable` with status 503 and `Retry-After`, immediately, while the circuit is open
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const isTry = this.openedAt !== undefined;
    if (this.openedAt !== undefined) this.begin(this.leftMs(this.openedAt));
    try {
      const answer = await work();
      this.failures = 0;
      this.openedAt = undefined;
      this.outage.worked();
      return answer;
    } catch (error) {
      this.fail(isTry, error as Error);
      throw error;
    } finally {
      if (isTry) this.isTrying = false;
    }
  }

  /** While one call tries, the others would wait for its end. */
  private begin(leftMs: number): void {
    if (this.isTrying || leftMs > 0) {
      const retryAfterSeconds = Math.max(1, Math.ceil(leftMs / 1000));
      throw new Problem('weixin_unavailable', { status: 503, retryAfterSeconds });
    }
    this.isTrying = true;
  }

  private fail(isTry: boolean, { message }: Error): void {
    this.failures += 1;
    // A call that began before the circuit opened does not keep it open for longer.
    if (!isTry && (this.openedAt !== undefined || this.failures < FAILURES_TO_OPEN)) return;
    this.openedAt = Date.now();
    this.outage.failed(message);
  }

  /** A clock that was set back must not keep it open for as long. */
  private leftMs(openedAt: number): number {
    const leftMs = openedAt + OPEN_MS - Date.now();
    return leftMs > OPEN_MS ? 0 : leftMs;
  }
}
