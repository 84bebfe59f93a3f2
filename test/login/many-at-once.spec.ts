import { describe, expect, it } from 'vitest';
import { rows } from '../support/rows.js';
import { PATIENT_WITH_WEIXIN, useStack } from '../support/stack.js';

const times = <T>(count: number, make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

describe('concurrent logins', () => {
  const stack = useStack(PATIENT_WITH_WEIXIN);
  const countRows = async (table: string) =>
    Number((await rows(stack.databaseUrl, `SELECT count(*) AS n FROM ${table}`))[0]?.['n']);

  it('create one user for 50 first logins of one person', async () => {
    const codes = await times(50, () => stack.code('popular'));
    const answers = await Promise.all(codes.map((code) => stack.login({ code })));
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect(new Set(answers.map(({ body }) => body.user_id)).size).toBe(1);
    expect(answers.filter(({ body }) => body.is_new_user)).toHaveLength(1);
    expect(await countRows('users')).toBe(1);
  });

  it('succeed for 200 people who log in for the first time', async () => {
    const before = await countRows('users');
    const codes = await times(200, (index) => stack.code(`crowd-${index}`));
    const answers = await Promise.all(codes.map((code) => stack.login({ code })));
    expect(answers.map(({ status }) => status)).toEqual(Array(200).fill(200));
    expect(new Set(answers.map(({ body }) => body.user_id)).size).toBe(200);
    expect(answers.every(({ body }) => body.is_new_user)).toBe(true);
    expect(await countRows('users')).toBe(before + 200);
    expect(await countRows('weixin_identities')).toBe(before + 200);
  });

  it('open at most one session for one code that is posted 10 times', async () => {
    const before = await countRows('sessions');
    const code = await stack.code('doubletap');
    const answers = await times(10, () => stack.login({ code }));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.map(({ body }) => (body as unknown as { code: string }).code)).toEqual(
      Array(9).fill('login_code_used'),
    );
    expect(await countRows('sessions')).toBe(before + 1);
  });
});
