import type { FastifyReply } from 'fastify';

/** A call to WeChat that a fault has taken over. */
export interface FaultedCall {
  /** Its content type is set already, to the one that WeChat sends on this path. */
  reply: FastifyReply;
  /** Does what the call does, so that a code is consumed, and returns the body that WeChat would answer. */
  answer: () => string;
  /** Returns the body of a refusal, as this path words it. */
  refuse: (errcode: number | string, errmsg?: string) => string;
}

/** One entry of the fault list. */
export interface Fault {
  path: string;
  /** How many more calls it takes over; Infinity: all until it is removed. */
  timesLeft: number;
  effect: (call: FaultedCall) => void;
}

/** The faults that are set, in the order in which they take effect. */
export class Faults {
  #faults: Fault[] = [];

  /** How many are set. */
  get count(): number {
    return this.#faults.length;
  }

  replace(faults: Fault[]): void {
    this.#faults = faults;
  }

  clear(): void {
    this.#faults = [];
  }

  /** Takes one call from the first fault of the path and returns its effect; undefined if the path has no fault. */
  take(path: string): Fault['effect'] | undefined {
    const fault = this.#faults.find((each) => each.path === path);
    if (!fault) return undefined;
    fault.timesLeft -= 1;
    if (fault.timesLeft === 0) this.#faults = this.#faults.filter((each) => each !== fault);
    return fault.effect;
  }
}
