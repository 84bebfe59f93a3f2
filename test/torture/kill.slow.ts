import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';
import { killDuringRefresh } from './kill-during-refresh.js';

const [CLIENTS, KILLS_EACH] = [4, 5];

describe('kill -9 during parallel refreshes', () => {
  // Longer than a start takes: the test is about the kill, not the clock.
  const stack = useStack({ REFRESH_REUSE_GRACE_SECONDS: '300', LOG_LEVEL: 'info' });

  it(
    'lets each of four clients refresh after each of five kills, and never leaves two live branches',
    { timeout: 1_200_000 },
    async () => {
      const clients = Array.from({ length: CLIENTS }, () => killDuringRefresh(KILLS_EACH, stack));
      for (const { cycles } of await Promise.all(clients)) expect(cycles).toBe(KILLS_EACH);
    },
  );
});
