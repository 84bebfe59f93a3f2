import type { Fault } from '../state/faults.js';
import { WEIXIN_PATHS } from '../weixin/endpoints.js';
import { BadRequest } from './bad-request.js';
import { FAULT_KINDS, type FaultKind } from './fault-kinds.js';
import { integer, oneOf, optional, readMembers, readObject } from './members.js';

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
