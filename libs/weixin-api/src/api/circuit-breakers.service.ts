import { Injectable, Logger } from '@nestjs/common';
import { OutageLog } from '@app/common';
import { Circuit } from './circuit.js';

/** What the circuit of one app and one path does now. */
export interface CircuitReport {
  readonly appid: string;
  readonly path: string;
  readonly state: Circuit['state'];
}

/**
 * Stops calling WeChat while it does not answer: logins fail immediately and not at the deadline, and a WeChat that comes
 * back gets one call and not a crowd. Each app and each endpoint has a circuit of its own.
 * @see docs/adr/0014-circuits-to-wechat.md
 */
@Injectable()
export class CircuitBreakersService {
  private readonly logger = new Logger(CircuitBreakersService.name);
  private readonly circuits = new Map<string, { appid: string; path: string; circuit: Circuit }>();

  /** Returns the circuit of an app's calls of a path. */
  of(appid: string, path: string): Circuit {
    const name = `${appid} ${path}`;
    const known = this.circuits.get(name);
    if (known) return known.circuit;
    const circuit = new Circuit(
      new OutageLog(this.logger, {
        failing: 'WeChat does not answer: no calls but a try now and then',
        recovered: 'WeChat answers again',
        about: { appid, path },
      }),
    );
    this.circuits.set(name, { appid, path, circuit });
    return circuit;
  }

  /** Returns the state of every circuit that was used since the start. */
  report(): CircuitReport[] {
    return Array.from(this.circuits.values(), ({ appid, path, circuit }) => ({
      appid,
      path,
      state: circuit.state,
    }));
  }
}
