import { describe, expect, it } from 'vitest';
import { RevokedSet } from './revoked-set.js';

describe('RevokedSet', () => {
  it('has the ids of a poll until a later poll does not return them', () => {
    const set = new RevokedSet();
    set.replace(['a'], 10);
    expect([set.has('a'), set.has('b')]).toEqual([true, false]);
    set.replace([], 20);
    expect(set.has('a')).toBe(false);
  });

  it('still has an id that was added after the poll began', () => {
    const set = new RevokedSet();
    set.add('a', 15);
    set.replace([], 10);
    expect(set.has('a')).toBe(true);
    set.replace([], 20);
    expect(set.has('a')).toBe(false);
  });
});
