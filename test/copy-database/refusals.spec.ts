import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ended } from '../support/command.js';
import { useDatabase } from '../support/database.js';
import { useFolder } from '../support/folder.js';
import { Instance } from '../support/instance.js';
import { execute, fileOf, rows } from '../support/rows.js';
import { SECRET_KEY } from '../support/stack.js';

const NAMES = 'SELECT name FROM migrations ORDER BY name';

describe('copy-database', () => {
  const folder = useFolder();
  const target = useDatabase();
  const file = (name: string) => `sqlite:${join(folder, name)}`;
  const from = file('source.sqlite');
  const env = { SECRET_KEY, DATABASE_URL: from, TARGET: target, LANG: 'en' };
  const copy = (...argv: string[]) => ended(env, 'copy-database', ...argv);
  const startOnce = async (url: string) =>
    (await Instance.start({ ...env, PORT: '0', DATABASE_URL: url })).stop();
  async function expectRefused(source: string, to: string, code: string): Promise<string> {
    const { code: exitCode, stdout, stderr } = await copy(source, to, '--json');
    expect([exitCode, stdout, stderr]).toEqual([1, '', expect.stringContaining(`"code":"${code}"`)]);
    return stderr;
  }
  beforeAll(() => startOnce(from));

  it('refuses a target that a service uses, and one that has users, and changes neither', async () => {
    const instance = await Instance.start({ ...env, PORT: '0', DATABASE_URL: target });
    const keys = await rows(target, 'SELECT id FROM signing_keys ORDER BY id');
    await expectRefused(from, 'env:TARGET', 'target_in_use');
    await instance.stop();
    await execute(target, "INSERT INTO users (id, created_at) VALUES ('u', 1)");
    expect(await expectRefused(from, 'env:TARGET', 'target_not_empty')).toContain('users');
    expect(await rows(target, 'SELECT id FROM signing_keys ORDER BY id')).toEqual(keys);
    await execute(target, "DELETE FROM users WHERE id = 'u'");
  }, 120_000);

  it('replaces the signing keys of a target on which the service was started once', async () => {
    expect((await copy(from, 'env:TARGET')).code).toBe(0);
    const keys = 'SELECT id FROM signing_keys ORDER BY id';
    expect(await rows(target, keys)).toEqual(await rows(from, keys));
    await expectRefused('env:TARGET', 'env:TARGET', 'target_in_use');
  });

  it('refuses a source of an older or a newer version, and one that is not the service’s', async () => {
    const older = file('older.sqlite');
    await startOnce(older);
    const last = (await rows<{ name: string }>(older, NAMES)).at(-1)?.name ?? '';
    await execute(older, `DELETE FROM migrations WHERE name = '${last}'`);
    expect(await expectRefused(older, file('none.sqlite'), 'source_older')).toContain(
      'Start this version once',
    );
    await execute(older, `INSERT INTO migrations (timestamp, name) VALUES (1, '${last}'), (2, 'Later2')`);
    await expectRefused(older, file('none.sqlite'), 'database_newer');
    await execute(from, `VACUUM INTO '${join(folder, 'foreign.sqlite')}'`);
    for (const { name } of await rows<{ name: string }>(
      file('foreign.sqlite'),
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
    ))
      await execute(file('foreign.sqlite'), `DROP TABLE ${name}`);
    await expectRefused(file('foreign.sqlite'), file('none.sqlite'), 'source_foreign');
    expect(existsSync(join(folder, 'none.sqlite'))).toBe(false);
  });

  it('refuses a source that does not exist or is no database, and creates no file', async () => {
    await expectRefused(file('nowhere.sqlite'), file('none.sqlite'), 'source_missing');
    writeFileSync(join(folder, 'text.sqlite'), 'not a database '.repeat(1000));
    await expectRefused(file('text.sqlite'), file('none.sqlite'), 'database_unusable');
    await expectRefused('postgres://user:canary@127.0.0.1:1/none', file('none.sqlite'), 'database_unusable');
    expect([fileOf(file('nowhere.sqlite')), join(folder, 'none.sqlite')].map(existsSync)).toEqual([
      false,
      false,
    ]);
  });

  it.each([
    ['a target that is no address', ['sqlite:a.sqlite', 'canary'], '<to> is not the address'],
    ['a variable that is not set', ['env:NOT_SET', 'sqlite:b.sqlite'], '<from> is not the address'],
    ['a database in memory', ['sqlite::memory:', 'sqlite:b.sqlite'], '<from> is not the address'],
    ['one argument', ['sqlite:a.sqlite'], 'The argument <to> is missing'],
  ])('answers 2 to %s, and does not repeat it', async (_, argv, text) => {
    const { code, output } = await copy(...argv);
    expect([code, output]).toEqual([2, expect.stringContaining(text)]);
    expect(output).not.toContain('canary');
  });

  it('warns of a password among its arguments, and repeats none', async () => {
    const { code, output } = await copy('postgres://user:canary@127.0.0.1:1/none', file('none.sqlite'));
    expect([code, output]).toEqual([1, expect.stringContaining('Use env:NAME instead.')]);
    expect(output).not.toContain('canary');
    const chinese = await ended(
      { ...env, LANG: 'zh_CN.UTF-8' },
      'copy-database',
      file('nowhere.sqlite'),
      'env:TARGET',
    );
    expect(chinese.output).toContain('不存在');
  });
});
