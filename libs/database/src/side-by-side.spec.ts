import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { sideBySide } from './side-by-side.js';

describe('sideBySide', () => {
  it('gives the results in their order', async () => {
    expect(await sideBySide([sleep(5, 'slow'), Promise.resolve('fast')])).toEqual(['slow', 'fast']);
  });

  it('fails only after all have ended, so that none runs on behind a rollback', async () => {
    let ended = false;
    const slow = sleep(20).then(() => (ended = true));
    await expect(sideBySide([Promise.reject(new Error('at once')), slow])).rejects.toThrow('at once');
    expect(ended).toBe(true);
  });
});
