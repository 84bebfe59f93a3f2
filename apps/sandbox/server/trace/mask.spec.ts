import { describe, expect, it } from 'vitest';
import { masked } from './mask.js';

describe('masked', () => {
  it.each([
    ['a session_key', { session_key: 'tiihtNczf5v6AKRyjwEUhQ==' }, { session_key: '•••' }],
    ['an AppSecret', { secret: 'sandbox-secret' }, { secret: '•••' }],
    ['a login code', { js_code: 'the code is a mock one' }, { js_code: 'the …' }],
    ['a code without a digit', { code: 'abcdefghijklmnopqrstuvwxyzABCDEF' }, { code: 'abcd…' }],
    ['a token under any name', { note: `eyJhbGciOi.${'x'.repeat(40)}.y` }, { note: 'eyJh…' }],
    [
      'all of a token but its ends',
      { t: `eyJhbGciOi.${'x'.repeat(40)}.${'y'.repeat(40)}tail` },
      { t: 'eyJh…tail' },
    ],
    [
      'a token within a text',
      { authorization: `Bearer eyJhbGciOi.${'x'.repeat(40)}.${'y'.repeat(40)}tail` },
      { authorization: 'Bearer eyJh…tail' },
    ],
    ['an openid', { openid: 'oABC' }, { openid: 'oABC…' }],
    ['a phone number', { phoneNumber: '13800005678' }, { phoneNumber: '138****5678' }],
    ['what lies deep', { a: [{ secret: 's' }] }, { a: [{ secret: '•••' }] }],
  ])('hides %s', (_what, given, shown) => {
    expect(masked(given)).toEqual(shown);
  });

  it.each([
    { code: 'refresh_token_invalid' },
    { code: 'Authenticated.' },
    { items: [{ content: '学习小程序', checked: false }] },
    { errcode: 40029, expires_in: 300, phone: null },
  ])('shows %j as it is', (value) => {
    expect(masked(value)).toEqual(value);
  });

  it('cuts what is deep, however deep it is', () => {
    const deep: unknown = JSON.parse('{"a":['.repeat(30_000) + ']}'.repeat(30_000));
    expect(JSON.stringify(masked({ deep }))).toHaveLength(42);
  });

  it('reads a text of a megabyte that looks like the beginnings of tokens', () => {
    expect(masked('eyJa-'.repeat(200_000))).toBe('eyJa…');
  });

  it('cuts what is long', () => {
    expect(
      JSON.stringify(masked({ text: '长'.repeat(5000), list: Array(5000).fill(1) })).length,
    ).toBeLessThan(400);
  });
});
