import { describe, expect, it } from 'vitest';
import { normalizeNickname } from './nickname.js';

describe('normalizeNickname', () => {
  it('composes nicknames up to the greatest length', () => {
    const decomposed = '\u1f82'.normalize('NFD');
    expect(decomposed).toHaveLength(4);
    expect(normalizeNickname(decomposed.repeat(64))).toBe('\u1f82'.repeat(64));
  });

  it('returns a text that is too long as it is, because composing it can take seconds', () => {
    const tooLong = `a${'\u0301\u0323'.repeat(1000)}`;
    expect(normalizeNickname(tooLong)).toBe(tooLong);
  });

  it('returns values that are no text as they are', () => {
    expect([1, null, ['e\u0301']].map(normalizeNickname)).toEqual([1, null, ['e\u0301']]);
  });
});
