import { describe } from 'vitest';
import { testMerges } from '../merge/two-instances.js';
import { testSessions } from '../sessions/two-instances.js';
import { useInstance } from '../support/instance.js';
import { PATIENT_WITH_WEIXIN, useStack } from '../support/stack.js';

describe('two instances on one database', () => {
  const stack = useStack({ ...PATIENT_WITH_WEIXIN, RATE_LIMIT_LOGIN_PER_MINUTE: '0' });
  const other = useInstance(() => stack.env);
  testSessions(stack, other);
  testMerges(stack, other);
});
