import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ended } from '../support/command.js';
import { useFolder } from '../support/folder.js';
import { Program } from '../support/process.js';
import { execute, rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { type DjangoUser, makeDjangoFile } from './django-file.js';

const CLI = 'dist/apps/cli/src/passport.js';
const ITEMS = [{ id: 1, content: '买牛奶', checked: false }];

describe('passport import-django', () => {
  const stack = useStack();
  const folder = useFolder();
  let files = 0;

  async function djangoFile(users: DjangoUser[]): Promise<string> {
    const file = join(folder, `django-${(files += 1)}.sqlite3`);
    await makeDjangoFile(file, users);
    return file;
  }
  const counting = (result: { code: number | null; output: string }) => ({
    ...result,
    count: (name: string) => Number(new RegExp(`^${name} +(\\d+)`, 'm').exec(result.output)?.[1]),
  });
  const run = async (...args: string[]) => counting(await ended(stack.env, 'import-django', ...args));
  const importing = async (users: DjangoUser[], ...args: string[]) => run(await djangoFile(users), ...args);
  /** Runs the command in a process and a folder of its own. */
  async function runHere(...args: string[]) {
    const program = new Program(CLI, stack.env, folder, ['import-django', ...args]);
    return counting({ code: await program.ended(), output: program.output });
  }
  /** Returns the openid of a person, after a login. */
  async function openidOf(name: string): Promise<string> {
    const { user_id: userId } = await stack.loggedIn(name);
    const identity = `SELECT openid FROM weixin_identities WHERE user_id = '${userId}'`;
    return (await rows<{ openid: string }>(stack.databaseUrl, identity))[0]?.openid ?? '';
  }
  /** Returns the openid of a person who is not stored here. */
  async function openidOfStranger(name: string): Promise<string> {
    const openid = await openidOf(name);
    const userId = `(SELECT user_id FROM weixin_identities WHERE openid = '${openid}')`;
    await execute(stack.databaseUrl, `DELETE FROM users WHERE id = ${userId}`);
    await execute(stack.databaseUrl, `DELETE FROM sessions WHERE user_id = ${userId}`);
    await execute(stack.databaseUrl, `DELETE FROM weixin_identities WHERE openid = '${openid}'`);
    return openid;
  }

  it('imports people: at their first login they are not new, and see and change their items', async () => {
    const openid = await openidOfStranger('returning');
    const { code, output } = await importing([{ username: openid, items: JSON.stringify(ITEMS) }]);
    expect([code, output]).toEqual([0, expect.stringContaining('Imported.')]);
    const [identity] = await rows(
      stack.databaseUrl,
      `SELECT * FROM weixin_identities WHERE openid = '${openid}'`,
    );
    expect(identity).toMatchObject({ session_key: null, session_key_at: 0, unionid: null });
    const { access, user_id: userId, is_new_user: isNewUser } = await stack.loggedIn('returning');
    expect([isNewUser, userId]).toEqual([false, identity?.['user_id']]);
    const me = await stack.call('/api/me', { token: access });
    expect(me.body['created_at']).toBe('2023-04-05T06:07:08.123Z');
    const answer = await stack.call('/api/weixin/data/', { token: access });
    expect(answer.body).toEqual({ code: 'Authenticated.', items: ITEMS });
    const ifMatch = { 'if-match': answer.headers.get('etag') ?? '' };
    const save = { token: access, json: { items: [] }, headers: ifMatch };
    expect((await stack.call('/api/weixin/data/', save)).status).toBe(200);
  });

  it('adds only new people when it is repeated, and leaves what people have changed since', async () => {
    const openid = await openidOfStranger('diligent');
    const before = { username: openid, items: JSON.stringify(ITEMS) };
    await importing([before]);
    const { access } = await stack.loggedIn('diligent');
    await stack.call('/api/weixin/data/', { token: access, json: { items: ['changed here'] } });
    const again = await importing([before, { username: 'o-newcomer', items: '[]' }]);
    expect([
      again.count('users added'),
      again.count('users here already'),
      again.count('documents added'),
    ]).toEqual([1, 1, 1]);
    const { body } = await stack.call('/api/weixin/data/', { token: access });
    expect(body['items']).toEqual(['changed here']);
  });

  it('adds the items of people who logged in here before the import', async () => {
    const openid = await openidOf('early');
    const result = await importing([{ username: openid, items: JSON.stringify(ITEMS) }]);
    expect([result.count('users added'), result.count('documents added')]).toEqual([0, 1]);
    const { access } = await stack.loggedIn('early');
    expect((await stack.call('/api/weixin/data/', { token: access })).body['items']).toEqual(ITEMS);
  });

  it('prints the same in a dry run and changes nothing', async () => {
    const users = [
      { username: 'o-dry-1', items: '[]' },
      { username: 'o-dry-2', items: 'broken' },
    ];
    const dry = await runHere(await djangoFile(users), '--dry-run');
    expect(dry.code).toBe(0);
    expect(dry.output).toContain('nothing was changed');
    expect([dry.count('users added'), dry.count('documents added'), dry.count('items set aside.*')]).toEqual([
      2, 1, 1,
    ]);
    expect(
      await rows(stack.databaseUrl, "SELECT 1 FROM weixin_identities WHERE openid LIKE 'o-dry%'"),
    ).toEqual([]);
    expect(existsSync(join(folder, 'import-django-aside.jsonl'))).toBe(false);
  });

  it('stores a line separator in items escaped, as a write through the api does', async () => {
    const openid = await openidOf('separated');
    await importing([{ username: openid, items: JSON.stringify(['a\u2028b']) }]);
    const { access } = await stack.loggedIn('separated');
    const { text, body } = await stack.call('/api/weixin/data/', { token: access });
    expect([text, body['items']]).toEqual(['{"code":"Authenticated.","items":["a\\u2028b"]}', ['a\u2028b']]);
  });

  it('sets aside items that it cannot read, names them, and imports their people', async () => {
    const deep = '['.repeat(40) + ']'.repeat(40);
    const users = [
      { username: 'o-broken', items: '[{"id": 1,' },
      { username: 'o-python', items: "[{'id': 1}]" },
      { username: 'o-deep', items: deep },
      { username: 'o-large', items: JSON.stringify('x'.repeat(70_000).split('')) },
      { username: 'o-twice', items: JSON.stringify(JSON.stringify(ITEMS)) },
      { username: 'o-empty', items: null },
      { username: 'o-none' },
    ];
    const aside = join(folder, 'aside.jsonl');
    const result = await importing(users, '--aside', aside);
    expect([result.code, result.count('users added'), result.count('documents added')]).toEqual([0, 7, 3]);
    const lines = readFileSync(aside, 'utf8').trim().split('\n');
    const kept = lines.map((line) => JSON.parse(line) as { openid: string; items: unknown });
    expect(kept.map(({ openid }) => openid)).toEqual(['o-broken', 'o-python', 'o-deep', 'o-large']);
    expect(kept[0]?.items).toBe('[{"id": 1,');
    const [twice] = await rows<{ body: string }>(
      stack.databaseUrl,
      "SELECT body FROM user_documents d JOIN weixin_identities i ON i.user_id = d.user_id WHERE openid = 'o-twice'",
    );
    expect(JSON.parse(twice?.body ?? '')).toEqual({ items: ITEMS });
  });

  it('skips staff and usernames that are no openid, and imports an inactive user as disabled', async () => {
    const result = await importing([
      { username: 'admin', isStaff: true },
      { username: 'somebody@example.com' },
      { username: 'o-banned', isActive: false },
    ]);
    expect([result.count('usernames of staff.*'), result.count('users added')]).toEqual([2, 1]);
    const [banned] = await rows<{ disabled_at: number | null }>(
      stack.databaseUrl,
      "SELECT disabled_at FROM users u JOIN weixin_identities i ON i.user_id = u.id WHERE openid = 'o-banned'",
    );
    expect(banned?.disabled_at).not.toBeNull();
  });

  it('imports 1,050 people in batches, into the app of --appid', async () => {
    const users = Array.from({ length: 1050 }, (_, index) => ({ username: `o-many-${index}`, items: '[]' }));
    const result = await importing(users, '--appid', 'wxsandbox000000002');
    expect(result.count('users added')).toBe(1050);
    const [found] = await rows<{ n: number }>(
      stack.databaseUrl,
      "SELECT count(*) AS n FROM weixin_identities WHERE appid = 'wxsandbox000000002' AND openid LIKE 'o-many-%'",
    );
    expect(found?.n).toBe(1050);
  });

  it.each([
    ['no file', [], 2, 'The argument <file> is missing.'],
    ['an unknown option', ['x.sqlite3', '--force'], 2, 'There is no option "--force".'],
    ['a file that does not exist', ['nowhere.sqlite3'], 1, 'nowhere.sqlite3 does not open'],
  ])('names what is wrong, given %s', async (_, args, code, text) => {
    const result = await run(...args);
    expect([result.code, result.output]).toEqual([code, expect.stringContaining(text)]);
  });

  it('refuses a database that is not Django’s, and an appid that is not served', async () => {
    const other = join(folder, 'other.sqlite3');
    await makeDjangoFile(other, []);
    await execute(`sqlite:${other}`, 'DROP TABLE auth_user');
    expect((await run(other)).output).toContain('has no table auth_user');
    const foreign = await importing([], '--appid', 'wxunknown');
    expect([foreign.code, foreign.output]).toEqual([1, expect.stringContaining('app')]);
  });
});
