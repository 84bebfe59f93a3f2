import { beforeAll, describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';

describe('a nickname', () => {
  const stack = useStack();
  let token = '';
  beforeAll(async () => {
    token = (await stack.loggedIn()).access;
  });
  const change = (nickname: string) => stack.call('/api/me', { method: 'PUT', token, json: { nickname } });

  it.each([
    ['one character', 'a'],
    ['64 characters', '名'.repeat(64)],
    ['64 characters outside the basic plane', '𠮷'.repeat(64)],
    ['Chinese', '张三丰'],
    ['Arabic, which needs no marks', 'محمد'],
    ['white space inside and around', ' a\u3000b '],
    ['emoji', '🎉'],
    ['an emoji of several people', '👨‍👩‍👧‍👦'],
    ['a flag and a skin tone', '🏴󠁧󠁢󠁳󠁣󠁴󠁿👍🏽'],
    ['a joiner between letters', 'می‌خواهم'],
    ['markup, which is text here', `<script>"'&\\{{}}`],
    ['SQL, which is text here', `'; DROP TABLE users; --`],
  ])('may be %s and comes back as it was sent', async (_, nickname) => {
    const answer = await change(nickname);
    expect([answer.status, answer.body['nickname']]).toEqual([200, nickname]);
    expect((await stack.call('/api/me', { token })).body['nickname']).toBe(nickname);
  });

  it('is stored in form NFC, so that one name has one spelling', async () => {
    expect((await change('Cafe\u0301')).body['nickname']).toBe('Caf\u00e9');
    expect((await change('\u1112\u1161\u11ab')).body['nickname']).toBe('\ud55c');
  });

  it('is counted after it is normalised', async () => {
    const longestDecomposed = '\u1f82'.normalize('NFD');
    expect(longestDecomposed).toHaveLength(4);
    expect((await change(longestDecomposed.repeat(64))).status).toBe(200);
    // This one grows: its composed form is excluded from NFC.
    expect((await change('\ufb2c'.repeat(22))).status).toBe(400);
  });

  it.each([
    ['empty', ''],
    ['65 characters', 'a'.repeat(65)],
    ['65 emoji', '🎉'.repeat(65)],
    ['only white space', ' \u00a0\u3000'],
    ['only what does not show', '\u200b\u2060\u00ad'],
    ['NUL', 'a\0'],
    ['a line break', 'a\nb'],
    ['a line separator', 'a\u2028b'],
    ['a paragraph separator', 'a\u2029b'],
    ['an escape sequence', 'a\u001b[31m'],
    ['DEL', 'a\u007f'],
    ['a C1 control character', 'a\u0085'],
    ['U+200E', 'a\u200e'],
    ['U+200F', 'a\u200f'],
    ['U+202A', 'a\u202a'],
    ['U+202E, an override', 'a\u202egnp.exe'],
    ['U+2066, an isolate', 'a\u2066'],
    ['U+2069', 'a\u2069'],
    ['U+061C', 'a\u061c'],
    ['a lone high surrogate', 'a\ud83d'],
    ['a lone low surrogate', '\udf89a'],
    ['a byte order mark', '\ufeffa'],
  ])('is refused: %s', async (_, nickname) => {
    const answer = await stack.call<{ code: string; errors: string[] }>('/api/me', {
      method: 'PUT',
      token,
      json: { nickname },
    });
    expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed']);
    expect(answer.body.errors).toEqual([expect.stringContaining('nickname must be 1 to 64 characters')]);
  });
});
