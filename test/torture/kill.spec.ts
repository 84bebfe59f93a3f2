import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';
import { killDuringRefresh } from './kill-during-refresh.js';

const [CLIENTS, KILLS_EACH] = [4, 5];

describe('kill -9 during parallel refreshes', () => {
  // Longer than a start takes: what is tested is the kill, not the clock.
  const stack = useStack({ REFRESH_REUSE_GRACE_SECONDS: '300', LOG_LEVEL: 'info' });

  it(
    'five times of four clients leaves each able to go on, and never two live branches',
    { timeout: 1_200_000 },
    async () => {
      const clients = Array.from({ length: CLIENTS }, () => killDuringRefresh(KILLS_EACH, stack));
      for (const { cycles } of await Promise.all(clients)) expect(cycles).toBe(KILLS_EACH);
    },
  );
});
