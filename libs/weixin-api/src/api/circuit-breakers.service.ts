import { Injectable, Logger } from '@nestjs/common';
import {
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleAll,
} from 'cockatiel';
import { Problem } from '@app/problem';

/**
 * Failures in a row that open a circuit. In a row, so that one answer of any kind closes the count: a slow call among good
 * ones changes nothing. And no client can open it by what it sends as a code: WeChat's errcode is an answer, and so is a
 * status 4xx.
 */
const FAILURES_TO_OPEN = 10;
/** How long an open circuit lets nobody through; then one call tries. */
const OPEN_MS = 5000;

/** What one circuit does now; half open, one call tries. */
export interface CircuitReport {
  readonly appid: string;
  readonly path: string;
  readonly state: 'closed' | 'half_open' | 'open';
}

/** Where calls of one app to one endpoint go through. */
interface Circuit {
  readonly appid: string;
  readonly path: string;
  readonly policy: CircuitBreakerPolicy;
  /** Epoch milliseconds of the last opening. */
  openedAt: number;
}

/**
 * Stops asking WeChat what it does not answer, so that logins fail at once and not at the deadline, and a WeChat that comes
 * back meets one call and not a crowd. Each app and each endpoint has a circuit of its own. A closed one adds about a
 * microsecond to a call.
 */
@Injectable()
export class CircuitBreakers {
  private readonly logger = new Logger(CircuitBreakers.name);
  private readonly circuits = new Map<string, Circuit>();

  /**
   * Runs one call.
   * @param work fails where WeChat gives no usable answer, and only there: a refusal is an answer
   * @throws {Problem} `weixin_unavailable` with status 503 and `Retry-After`, at once, while the circuit is open
   */
  async run<T>(appid: string, path: string, work: () => Promise<T>): Promise<T> {
    const circuit = this.circuitOf(appid, path);
    const { state } = circuit.policy;
    if (state === CircuitState.Closed) return circuit.policy.execute(work);
    const leftMs = circuit.openedAt + OPEN_MS - Date.now();
    // The clock was set back, and would keep it open for as long.
    if (leftMs > OPEN_MS) this.circuits.delete(nameOf(appid, path));
    // While one call tries, the others would wait for its end.
    if (state === CircuitState.HalfOpen || leftMs > 0) throw notNow(leftMs);
    return circuit.policy.execute(work);
  }

  /** Every circuit that was used since the start. */
  report(): CircuitReport[] {
    return Array.from(this.circuits.values(), ({ appid, path, policy, openedAt }) => {
      if (policy.state === CircuitState.Closed) return { appid, path, state: 'closed' };
      const mayTry = Date.now() >= openedAt + OPEN_MS;
      return { appid, path, state: mayTry ? 'half_open' : 'open' };
    });
  }

  private circuitOf(appid: string, path: string): Circuit {
    const name = nameOf(appid, path);
    const known = this.circuits.get(name);
    if (known) return known;
    const policy = circuitBreaker(handleAll, {
      breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
      halfOpenAfter: OPEN_MS,
    });
    const circuit = { appid, path, policy, openedAt: 0 };
    this.watch(circuit, { appid, path });
    this.circuits.set(name, circuit);
    return circuit;
  }

  /** One line when it opens and one when it closes, however often it tries in between. */
  private watch(circuit: Circuit, where: object): void {
    let open = false;
    circuit.policy.onBreak(() => {
      circuit.openedAt = Date.now();
      if (!open)
        this.logger.warn({ msg: 'WeChat does not answer: no calls but a try now and then', ...where });
      open = true;
    });
    circuit.policy.onReset(() => {
      open = false;
      this.logger.log({ msg: 'WeChat answers again', ...where });
    });
  }
}

const nameOf = (appid: string, path: string) => `${appid} ${path}`;

function notNow(leftMs: number): Problem {
  const retryAfterSeconds = Math.max(1, Math.ceil(Math.min(leftMs, OPEN_MS) / 1000));
  return new Problem('weixin_unavailable', { status: 503, retryAfterSeconds });
}
