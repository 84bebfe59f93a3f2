import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { ranHere } from '../support/command.js';
import { useFolder } from '../support/folder.js';
import { execute, fileOf, rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';

// Needs the right to mount, which a container may not have.
const volume = mkdtempSync(join(tmpdir(), 'weapp-passport-volume-'));
const canMount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', volume]).status === 0;
afterAll(() => {
  if (canMount) spawnSync('umount', [volume]);
  rmSync(volume, { recursive: true });
});

describe('passport backup', () => {
  const stack = useStack({ RATE_LIMIT_LOGIN_PER_MINUTE: '0' });
  const folder = useFolder();
  let folders = 0;
  const newFolder = () => join(folder, `backups-${(folders += 1)}`);
  const backup = (...argv: string[]) => ranHere({ ...stack.env, LANG: 'en' }, 'backup', ...argv, '--json');
  const made = async (...argv: string[]) => {
    const { code, stdout, stderr } = await backup(...argv);
    expect([code, stderr]).toEqual([0, '']);
    return JSON.parse(stdout) as { file: string; bytes: number; users: number; removed: string[] };
  };
  async function failed(env: NodeJS.ProcessEnv, ...argv: string[]) {
    const { code, stdout, stderr } = await ranHere(
      { ...stack.env, LANG: 'en', ...env },
      'backup',
      ...argv,
      '--json',
    );
    expect(stdout).toBe('');
    return [code, (JSON.parse(stderr) as { error: { code: string } }).error.code];
  }
  /** Sets the date alone: statements still have their deadlines. */
  const at = (time: string) => vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(time) });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('makes a file of one moment while the service writes, which only its user can read', async () => {
    const known = await stack.loggedIn('known');
    let going = true;
    const load = async () => {
      for (let turn = 0; going; turn += 1) await stack.loggedIn(`turn ${turn}`);
    };
    const writes = load();
    const to = newFolder();
    const { file, users, bytes } = await made(to).finally(() => {
      going = false;
    });
    await writes;
    expect([statSync(to).mode & 0o777, statSync(file).mode & 0o777, statSync(file).size]).toEqual([
      0o700,
      0o600,
      bytes,
    ]);
    expect(readdirSync(to)).toEqual([basename(file)]);
    const copy = `sqlite:${file}`;
    const [count] = await rows<{ users: number; identities: number; sessions: number }>(
      copy,
      `SELECT (SELECT COUNT(*) FROM users) AS users, (SELECT COUNT(*) FROM weixin_identities) AS identities,
        (SELECT COUNT(*) FROM sessions) AS sessions`,
    );
    expect(count).toEqual({ users, identities: users, sessions: users });
    expect(await rows(copy, `SELECT id FROM users WHERE id = '${known.user_id}'`)).toHaveLength(1);
  });

  it('has nothing of rows that were deleted', async () => {
    const kind = 'c4n4ry-kind';
    await execute(
      stack.databaseUrl,
      `INSERT INTO auth_events (id, at, kind) VALUES ('deleted', 1, '${kind}')`,
    );
    await execute(stack.databaseUrl, "DELETE FROM auth_events WHERE id = 'deleted'");
    const { file } = await made(newFolder());
    expect(spawnSync('grep', ['-c', kind, file]).status).toBe(1);
  });

  it('keeps the newest of its own files, and touches no other', async () => {
    const to = newFolder();
    at('2026-03-29T00:59:59.500Z');
    const { file } = await made(to);
    const own = basename(file);
    expect(own).toBe('test-2026-03-29T005959Z.sqlite');
    const names = ['test-2026-03-28T000000Z.sqlite', 'test-2026-03-27T000000Z.sqlite'];
    for (const name of names) copyFileSync(file, join(to, name));
    const others = [
      'notes.sqlite',
      'other-2026-01-01T000000Z.sqlite',
      'test-2026-01-01T000000.sqlite',
      'test-2026-01-01T000000Z.sqlite.old',
    ];
    for (const name of others) writeFileSync(join(to, name), '');
    symlinkSync(file, join(to, 'test-2026-01-02T000000Z.sqlite'));
    mkdirSync(join(to, 'test-2026-01-03T000000Z.sqlite'));
    const unfinished = [
      '.test-2026-03-20T000000Z.sqlite.unfinished',
      '.test-2026-03-30T000000Z.sqlite.unfinished',
    ];
    for (const name of unfinished) writeFileSync(join(to, name), '');
    utimesSync(join(to, unfinished[0] ?? ''), 0, 0);
    utimesSync(join(to, unfinished[1] ?? ''), new Date(), new Date());

    at('2026-03-30T00:00:01.000Z');
    const { removed } = await made(to, '--keep', '2');
    expect(removed).toEqual(names);
    expect(readdirSync(to).sort()).toEqual(
      [
        ...others,
        unfinished[1],
        own,
        'test-2026-01-02T000000Z.sqlite',
        'test-2026-01-03T000000Z.sqlite',
        'test-2026-03-30T000001Z.sqlite',
      ].sort(),
    );
    // A clock that was set back.
    at('2020-01-01T00:00:00.000Z');
    expect(basename((await made(to, '--keep', '1')).file)).toBe('test-2020-01-01T000000Z.sqlite');
    expect(lstatSync(join(to, 'test-2020-01-01T000000Z.sqlite')).isFile()).toBe(true);
    expect(readdirSync(to)).not.toContain(own);
  });

  it('makes each name once: of two commands at once, one says that the other has it', async () => {
    const to = newFolder();
    at('2026-03-29T00:00:00.000Z');
    const both = await Promise.all([backup(to), backup(to)]);
    expect(both.map(({ code }) => code).sort()).toEqual([0, 1]);
    expect(both.map(({ stderr }) => stderr).join('')).toContain('"code":"backup_exists"');
    expect(await failed({}, to)).toEqual([1, 'backup_exists']);
    expect(readdirSync(to)).toEqual(['test-2026-03-29T000000Z.sqlite']);
  });

  it('names what is wrong, and leaves no file', async () => {
    const to = newFolder();
    writeFileSync(join(folder, 'a-file'), '');
    expect(await failed({}, join(folder, 'a-file'))).toEqual([1, 'backup_folder_unwritable']);
    expect(await failed({}, join(folder, 'a-file/below'))).toEqual([1, 'backup_folder_unwritable']);
    expect(await failed({ DATABASE_URL: `sqlite:${folder}/none.sqlite` }, to)).toEqual([
      1,
      'database_missing',
    ]);
    expect(await failed({ DATABASE_URL: 'sqlite::memory:' }, to)).toEqual([1, 'database_missing']);
    writeFileSync(join(folder, 'text.sqlite'), 'not a database '.repeat(1000));
    expect(await failed({ DATABASE_URL: `sqlite:${folder}/text.sqlite` }, to)).toEqual([
      1,
      'database_unusable',
    ]);
    await execute(`sqlite:${fileOf(stack.databaseUrl)}`, `VACUUM INTO '${folder}/foreign.sqlite'`);
    await execute(`sqlite:${folder}/foreign.sqlite`, 'DROP TABLE signing_keys');
    expect(await failed({ DATABASE_URL: `sqlite:${folder}/foreign.sqlite` }, to)).toEqual([
      1,
      'backup_damaged',
    ]);
    expect(readdirSync(to)).toEqual([]);
    for (const keep of ['0', '-1', '1.5', 'all'])
      expect(await failed({}, to, `--keep=${keep}`)).toEqual([2, 'backup_keep_malformed']);
  });

  it.runIf(canMount)('says that the disk is full, and leaves no file on it', async () => {
    expect(await failed({}, volume)).toEqual([1, 'backup_disk_full']);
    expect(readdirSync(volume)).toEqual([]);
  });

  it.each([
    ['postgres://user:canary@db/passport', 'pg_dump'],
    ['mysql://user:canary@db/passport', 'mariadb-dump'],
  ])('exits with 3 and names the tool for %s', async (url, tool) => {
    const { code, output } = await ranHere({ ...stack.env, DATABASE_URL: url }, 'backup', newFolder());
    expect([code, output]).toEqual([3, expect.stringContaining(tool)]);
    expect(output).not.toContain('canary');
  });
});
