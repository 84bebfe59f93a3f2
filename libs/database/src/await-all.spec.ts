import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { awaitAll } from './await-all.js';

describe('awaitAll', () => {
  it('returns the results in the order of the statements', async () => {
    expect(await awaitAll([sleep(5, 'slow'), Promise.resolve('fast')])).toEqual(['slow', 'fast']);
  });

  it('rejects only after every statement has ended, so that none runs after a rollback', async () => {
    let ended = false;
    const slow = sleep(20).then(() => (ended = true));
    await expect(awaitAll([Promise.reject(new Error('immediately')), slow])).rejects.toThrow('immediately');
    expect(ended).toBe(true);
  });
});
