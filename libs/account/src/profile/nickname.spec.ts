import { describe, expect, it } from 'vitest';
import { normalizeNickname } from './nickname.js';

describe('normalizeNickname', () => {
  it('composes what may be a nickname, up to the longest', () => {
    const decomposed = '\u1f82'.normalize('NFD');
    expect(decomposed).toHaveLength(4);
    expect(normalizeNickname(decomposed.repeat(64))).toBe('\u1f82'.repeat(64));
  });

  it('leaves alone what is too long to be one, because that can take seconds', () => {
    const tooLong = `a${'\u0301\u0323'.repeat(1000)}`;
    expect(normalizeNickname(tooLong)).toBe(tooLong);
  });

  it('leaves alone what is no text', () => {
    expect([1, null, ['e\u0301']].map(normalizeNickname)).toEqual([1, null, ['e\u0301']]);
  });
});
