import { describe, expect, it } from 'vitest';
import { RevokedSet } from './revoked-set.js';

describe('RevokedSet', () => {
  it('knows what a poll found, until a later poll does not find it', () => {
    const set = new RevokedSet();
    set.replace(['a'], 10);
    expect([set.has('a'), set.has('b')]).toEqual([true, false]);
    set.replace([], 20);
    expect(set.has('a')).toBe(false);
  });

  it('keeps what was added after the poll began, which the poll may not have seen', () => {
    const set = new RevokedSet();
    set.add('a', 15);
    set.replace([], 10);
    expect(set.has('a')).toBe(true);
    set.replace([], 20);
    expect(set.has('a')).toBe(false);
  });
});
