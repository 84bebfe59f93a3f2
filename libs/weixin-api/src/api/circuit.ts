import type { OutageLog } from '@app/common';
import { Problem } from '@app/problem';

/**
 * The number of consecutive failures that opens a circuit. Any answer resets the count, so single slow calls have no effect.
 * An errcode and a status 4xx are answers too, so no client can open the circuit by its requests.
 */
const FAILURES_TO_OPEN = 10;
/** How long an open circuit refuses calls. After that it lets one trial call through. */
const OPEN_MS = 5000;

/** The weight of the newest answer in the mean time. */
const NEWEST = 0.1;

/** Refuses calls for some seconds after many consecutive failures. A closed circuit adds less than 1 µs to a call. */
export class Circuit {
  private failures = 0;
  /** Epoch milliseconds; undefined while closed. */
  private openedAt: number | undefined;
  private isTrying = false;
  private meanMs: number | undefined;

  constructor(private readonly outage: OutageLog) {}

  /** The current state. In state `half_open` one trial call is running. */
  get state(): 'closed' | 'half_open' | 'open' {
    if (this.openedAt === undefined) return 'closed';
    return this.leftMs(this.openedAt) > 0 ? 'open' : 'half_open';
  }

  /** How long WeChat takes to answer: the mean of the last calls in milliseconds; undefined before the first answer. */
  get answerMs(): number | undefined {
    return this.meanMs;
  }

  /**
   * Runs one call.
   * @param work fails only if WeChat gives no usable answer; a refusal is an answer
   * @throws {Problem} `weixin_unavailable` with status 503 and `Retry-After`, immediately while the circuit is open
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const isTry = this.openedAt !== undefined;
    if (this.openedAt !== undefined) this.begin(this.leftMs(this.openedAt));
    const startedAt = performance.now();
    try {
      const answer = await work();
      this.answered(performance.now() - startedAt);
      this.failures = 0;
      this.openedAt = undefined;
      this.outage.succeeded();
      return answer;
    } catch (error) {
      this.fail(isTry, error as Error);
      throw error;
    } finally {
      if (isTry) this.isTrying = false;
    }
  }

  private answered(ms: number): void {
    this.meanMs = this.meanMs === undefined ? ms : this.meanMs + (ms - this.meanMs) * NEWEST;
  }

  /** Marks the start of the trial call. @throws {Problem} while the circuit is open or another trial call runs */
  private begin(leftMs: number): void {
    if (this.isTrying || leftMs > 0) {
      const retryAfterSeconds = Math.max(1, Math.ceil(leftMs / 1000));
      throw new Problem('weixin_unavailable', { status: 503, retryAfterSeconds });
    }
    this.isTrying = true;
  }

  private fail(isTry: boolean, { message }: Error): void {
    this.failures += 1;
    // A failed call that began before the circuit opened does not extend the open time.
    if (!isTry && (this.openedAt !== undefined || this.failures < FAILURES_TO_OPEN)) return;
    this.openedAt = Date.now();
    this.outage.failed(message);
  }

  /** Returns the rest of the open time. It is limited, so that a clock that was set back does not extend it. */
  private leftMs(openedAt: number): number {
    const leftMs = openedAt + OPEN_MS - Date.now();
    return leftMs > OPEN_MS ? 0 : leftMs;
  }
}
