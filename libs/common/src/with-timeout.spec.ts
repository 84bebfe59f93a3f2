import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { withTimeout } from './with-timeout.js';

it('passes on an answer that comes in time, and its error', async () => {
  await expect(withTimeout(Promise.resolve('yes'), 1000)).resolves.toBe('yes');
  await expect(withTimeout(Promise.reject(new Error('no')), 1000)).rejects.toThrow('no');
});

it('fails if no answer comes in time', async () => {
  await expect(withTimeout(sleep(10_000, undefined, { ref: false }), 5)).rejects.toThrow(
    'no answer within 5 ms',
  );
});
