import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ended } from '../support/command.js';
import { databaseKind, useDatabase } from '../support/database.js';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { type LoginBody, useStack } from '../support/stack.js';

const DATA = '/api/weixin/data/';
const DOCUMENT = { items: ['买牛奶 🥛', 'it’s "quoted" \\ ? $1', { done: false, price: 1.5, none: null }] };

/** From one server to the other and back in the run of MySQL, which has both. */
const kinds = databaseKind === 'mysql' ? ['mysql', 'postgres', 'mysql'] : [databaseKind];

describe(`a copy from SQLite to ${kinds.join(', to ')} and back`, () => {
  const stack = useStack();
  const servers = kinds.map((kind) => useDatabase(kind));
  const folder = useFolder();
  const on = (url: string) => ({ ...stack.env, DATABASE_URL: url });
  const from = `sqlite:${join(folder, 'first.sqlite')}`;
  const back = `sqlite:${join(folder, 'back.sqlite')}`;
  const copy = async (source: string, target: string) => {
    const env = { ...stack.env, SOURCE: source, TARGET: target };
    const { code, stdout, stderr } = await ended(env, 'copy-database', 'env:SOURCE', 'env:TARGET', '--json');
    expect([code, stderr.includes('"error"')], stderr).toEqual([0, false]);
    return JSON.parse(stdout) as { tables: { table: string; rows: number; sha256: string }[] };
  };
  /** Every file of the folder with a hash of its bytes. */
  const bytes = () =>
    readdirSync(folder)
      .filter((name) => !name.endsWith('-shm'))
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]);

  async function within<T>(
    url: string,
    signal: NodeJS.Signals,
    work: (at: string) => Promise<T>,
  ): Promise<T> {
    const instance = await Instance.start(on(url));
    try {
      return await work(instance.url);
    } finally {
      await instance.stop(signal);
    }
  }

  /** Reads, refreshes and logs in as a phone does that knows nothing of the copy. */
  async function expectLoggedIn(
    at: string,
    { access, refresh, user_id: userId }: LoginBody,
  ): Promise<LoginBody> {
    const read = await call(at + DATA, { token: access });
    expect([read.status, read.body]).toEqual([200, { code: 'Authenticated.', ...DOCUMENT }]);
    const refreshed = await call<LoginBody>(`${at}/api/token/refresh/`, { json: { refresh } });
    expect([refreshed.status, (await call(at + DATA, { token: refreshed.body.access })).status]).toEqual([
      200, 200,
    ]);
    const json = { code: await stack.code('copied') };
    const login = await call<LoginBody>(`${at}/api/weixin/login/`, { json });
    expect(login.body).toMatchObject({ user_id: userId, is_new_user: false });
    return { ...refreshed.body, user_id: userId };
  }

  it('leaves users logged in with the tokens and the documents that they had', async () => {
    // Killed, so that the latest rows are in the write-ahead log of the source.
    const before = await within(from, 'SIGKILL', async (at) => {
      const json = { code: await stack.code('copied') };
      const { body } = await call<LoginBody>(`${at}/api/weixin/login/`, { json });
      await call(at + DATA, { token: body.access, json: DOCUMENT });
      return body;
    });
    const untouched = bytes();
    expect(untouched.map(([name]) => name)).toContain('first.sqlite-wal');
    const [server = '', ...others] = servers;
    const first = await copy(from, server);
    expect(bytes(), 'the source is not written').toEqual(expect.arrayContaining(untouched));
    expect(first).toMatchObject({ resumed: false, source_in_use: false });
    let last = first;
    let login = await within(server, 'SIGTERM', (at) => expectLoggedIn(at, before));
    let source = server;
    for (const target of [...others, back]) {
      last = await copy(source, target);
      login = await within(target, 'SIGTERM', (at) => expectLoggedIn(at, login));
      source = target;
    }
    const rowsOf = ({ tables }: typeof first) =>
      Object.fromEntries(tables.map(({ table, rows }) => [table, rows]));
    expect(rowsOf(first)).toMatchObject({ users: 1, user_documents: 1, sessions: 1, signing_keys: 2 });
    const sessions = 1 + kinds.length;
    expect(rowsOf(last)).toMatchObject({ users: 1, user_documents: 1, sessions, signing_keys: 2 });
    const hashOf = ({ tables }: typeof first) =>
      tables.find(({ table }) => table === 'user_documents')?.sha256;
    expect(hashOf(last)).toBe(hashOf(first));
  }, 240_000);
});
