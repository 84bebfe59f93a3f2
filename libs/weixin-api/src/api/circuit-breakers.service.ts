import { Injectable, Logger } from '@nestjs/common';
import { OutageLog } from '@app/common';
import { Circuit } from './circuit.js';

/** The state of the circuit of one app and one path. */
export interface CircuitReport {
  readonly appid: string;
  readonly path: string;
  readonly state: Circuit['state'];
  readonly answerMs: Circuit['answerMs'];
}

/**
 * Stops calling WeChat while it does not answer. Logins then fail immediately instead of at the deadline, and a recovering
 * WeChat gets one trial call instead of many calls. Each app and each endpoint has its own circuit.
 * @see docs/adr/0014-circuits-to-wechat.md
 */
@Injectable()
export class CircuitBreakersService {
  private readonly logger = new Logger(CircuitBreakersService.name);
  private readonly circuits = new Map<string, { appid: string; path: string; circuit: Circuit }>();

  /** Returns the circuit for the calls of one app to one path. */
  of(appid: string, path: string): Circuit {
    const name = `${appid} ${path}`;
    const known = this.circuits.get(name);
    if (known) return known.circuit;
    const circuit = new Circuit(
      new OutageLog(this.logger, {
        failing: 'WeChat does not answer, so the service sends trial calls only',
        recovered: 'WeChat answers again',
        about: { appid, path },
      }),
    );
    this.circuits.set(name, { appid, path, circuit });
    return circuit;
  }

  /** Returns the state of every circuit that has been used since the start. */
  report(): CircuitReport[] {
    return Array.from(this.circuits.values(), ({ appid, path, circuit }) => ({
      appid,
      path,
      state: circuit.state,
      answerMs: circuit.answerMs,
    }));
  }
}
