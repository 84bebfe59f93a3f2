import { BadRequest } from './bad-request.js';
import { integer, oneOf, optional, readMembers, readObject } from './members.js';
import { WEIXIN_PATHS } from '../weixin/endpoints.js';
import type { FaultedCall } from './fault-effects.js';
import { FAULT_KINDS, type FaultKind } from './fault-kinds.js';

/** One entry of the fault list, ready to strike. */
export interface Fault {
  path: string;
  /** How many calls it still strikes; Infinity: until it is removed. */
  timesLeft: number;
  effect: (call: FaultedCall) => void;
}

/** The faults that are set, in the order in which they strike. */
export class Faults {
  #faults: Fault[] = [];

  replace(faults: Fault[]): void {
    this.#faults = faults;
  }

  clear(): void {
    this.#faults = [];
  }

  /** What happens to this call instead of an answer: the first fault of the path, until its times are used up. */
  take(path: string): Fault['effect'] | undefined {
    const fault = this.#faults.find((each) => each.path === path);
    if (!fault) return undefined;
    fault.timesLeft -= 1;
    if (fault.timesLeft === 0) this.#faults = this.#faults.filter((each) => each !== fault);
    return fault.effect;
  }
}

const COMMON = {
  path: oneOf(WEIXIN_PATHS),
  kind: oneOf(Object.keys(FAULT_KINDS)),
  times: optional(integer(1, 1_000_000_000)),
};

/**
 * Reads the list that `PUT /sandbox/faults` takes: `[{path, kind, times?, …the members of its kind}]`.
 * @throws {BadRequest} which entry is wrong, and what is allowed there
 */
export function readFaults(json: unknown): Fault[] {
  if (!Array.isArray(json)) throw new BadRequest('faults must be a JSON array of {path, kind, …, times?}');
  return json.map((entry, index) => readFault(entry, `faults[${index}]`));
}

function readFault(json: unknown, name: string): Fault {
  const { kind: kindName } = readObject(json, name);
  if (!COMMON.kind.is(kindName)) throw new BadRequest(`${name}.kind must be ${COMMON.kind.allowed}`);
  const kind: FaultKind = FAULT_KINDS[kindName as keyof typeof FAULT_KINDS];
  const { path, times, ...fault } = readMembers({ ...COMMON, ...kind.members }, json, name);
  return {
    path,
    timesLeft: times ?? Infinity,
    effect: (call) => {
      kind.effect(call, fault);
    },
  };
}
