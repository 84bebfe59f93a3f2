import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';
import { killDuringRefresh } from './kill-during-refresh.js';

describe('kill -9 during parallel refreshes', () => {
  // Longer than a start takes: what is tested is the kill, not the clock.
  const stack = useStack({ REFRESH_REUSE_GRACE_SECONDS: '300', LOG_LEVEL: 'info' });

  it(
    '20 times leaves the client able to go on, and never two live branches',
    { timeout: 1_200_000 },
    async () => {
      expect((await killDuringRefresh(20, stack)).cycles).toBe(20);
    },
  );
});
