import { describe, expect, it } from 'vitest';
import { ended, endedWith } from '../support/command.js';
import { useStack } from '../support/stack.js';

describe('passport users', () => {
  const stack = useStack();
  const set = (id: string, text: string, ...flags: string[]) =>
    endedWith(text, stack.env, 'users', 'set-claims', id, ...flags);
  const shown = (id: string, ...flags: string[]) => ended(stack.env, 'users', 'claims', id, ...flags);

  it('sets and shows the custom claims of a user', async () => {
    const { user_id: id } = await stack.loggedIn();
    expect(await shown(id)).toMatchObject({ code: 0, output: '{}' });
    const claims = { role: 'editor', teams: ['编辑部'] };
    const json = JSON.stringify({ id, claims });
    expect(await set(id, JSON.stringify(claims, null, 2), '--json')).toMatchObject({ code: 0, output: json });
    expect(await shown(id, '--json')).toMatchObject({ code: 0, output: json });
    expect((await shown(id)).output).toBe(JSON.stringify(claims, null, 2));
    expect(await set(id, '{}')).toMatchObject({ code: 0, output: '{}' });
  });

  it.each<[string, string, number, string, RegExp]>([
    ['text that is not JSON', 'role=editor', 2, 'claims_malformed', /Standard input is not JSON/],
    ['nothing', '', 2, 'claims_malformed', /Standard input is not JSON/],
    ['an array', '[]', 1, 'claims_invalid', /\(the claims must be an object\)/],
    ['more than 2 KiB', `{"a":"${'x'.repeat(2041)}"}`, 1, 'claims_invalid', /\(the claims have 2049 bytes/],
    ['__proto__', '{"__proto__":{"role":"admin"}}', 1, 'claims_invalid', /__proto__ is not allowed\)/],
    ['a reserved name', '{"sub":"x"}', 1, 'claim_reserved', /\(the claim sub is reserved\)/],
  ])('prints an error for %s and changes nothing', async (_, text, exitCode, code, message) => {
    const { user_id: id } = await stack.loggedIn();
    await set(id, '{"role":"editor"}');
    const { code: ended, stdout, stderr } = await set(id, text, '--json');
    expect([ended, stdout]).toEqual([exitCode, '']);
    expect(JSON.parse(stderr)).toMatchObject({
      error: { code, message: expect.stringMatching(message) as string },
    });
    expect((await shown(id, '--json')).output).toBe(JSON.stringify({ id, claims: { role: 'editor' } }));
  });

  it('prints an error for the custom claims of a user who does not exist', async () => {
    const id = '00000000-0000-7000-8000-000000000000';
    for (const { code, output } of [await shown(id), await set(id, '{"role":"editor"}')]) {
      expect(code).toBe(1);
      expect(output).toMatch(/^There is no user with this id\./);
    }
  });

  it('refuses custom claims for a user who was merged into another one', async () => {
    const appid = 'wxsandbox000000002';
    const { access } = await stack.loggedIn('mine');
    const { user_id: other } = await stack.loggedIn('other', appid);
    const json = { keep: 'mine', code: await stack.code('other', appid), appid };
    await stack.call('/api/me/merge', { token: access, json });
    const { code, output } = await set(other, '{"role":"editor"}');
    expect([code, output]).toEqual([1, expect.stringMatching(/^This user was merged into another one/)]);
  });
});
