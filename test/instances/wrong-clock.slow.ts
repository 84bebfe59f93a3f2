import { describe } from 'vitest';
import { testSessions } from '../sessions/two-instances.js';
import { useInstance } from '../support/instance.js';
import { PATIENT_WITH_WEIXIN, useStack } from '../support/stack.js';

describe.each([
  ['ahead', 30_000],
  ['behind', -30_000],
])('two instances, one with its clock 30 s %s', (_, clockShiftMs) => {
  const stack = useStack({ ...PATIENT_WITH_WEIXIN, RATE_LIMIT_LOGIN_PER_MINUTE: '0' });
  const other = useInstance(() => stack.env, clockShiftMs);
  testSessions(stack, other);
});
