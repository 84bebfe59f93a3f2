import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';
import { killDuringRefresh } from './kill-during-refresh.js';

const CYCLES = 500;

describe('kill -9 during parallel refreshes', () => {
  const stack = useStack({ REFRESH_REUSE_GRACE_SECONDS: '300', LOG_LEVEL: 'info' });

  it(
    `${CYCLES} times leaves the client able to go on, and never two live branches`,
    { timeout: 3_600_000 },
    async () => {
      const figures = await killDuringRefresh(CYCLES, stack);
      console.log(JSON.stringify(figures));
      expect(figures.cycles).toBe(CYCLES);
    },
  );
});
