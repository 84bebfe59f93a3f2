import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox } from '../../apps/sandbox/server/sandbox.js';
import { ended } from '../support/command.js';
import { databaseKind, useDatabase } from '../support/database.js';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { everythingIn, execute, rows } from '../support/rows.js';
import { startService } from '../support/service.js';
import { type LoginBody, SECRET_KEY } from '../support/stack.js';
import { linesOf } from './people.js';

/** `ERASURE_KILLS=100` for every step. */
const KILLS = Number(process.env['ERASURE_KILLS'] ?? 3);
/** On a server, another instance goes on, and sometimes comes first. */
const PEOPLE = KILLS * 2 + 2;
const PRELOAD = new URL('./kill-at-step.mjs', import.meta.url).href;
const THERE = { users: 2, identities: 2, documents: 1, deleted: 0 };
const GONE = { users: 0, identities: 0, documents: 0, deleted: 2 };

describe('kill -9 of an instance at a step', () => {
  const databaseUrl = useDatabase();
  const ledger = join(useFolder(), 'deletions.jsonl');
  const sandbox = createSandbox();
  const people: string[][] = [];
  /** Whose request is killed. */
  const requesting: (LoginBody & { user: string })[] = [];
  let env: NodeJS.ProcessEnv = {};
  let sandboxUrl = '';

  const code = async (user: string) =>
    (await call<{ code: string }>(`${sandboxUrl}/sandbox/codes`, { json: { user } })).body.code;

  beforeAll(async () => {
    sandboxUrl = await sandbox.listen({ host: '127.0.0.1', port: 0 });
    const limits = { RATE_LIMIT_LOGIN_PER_MINUTE: '0', DELETION_LEDGER: ledger };
    const base = { PORT: '0', SECRET_KEY, DATABASE_URL: databaseUrl, WEIXIN_API_BASE_URL: sandboxUrl };
    env = { ...base, ...limits };
    const { app, url } = await startService({ ...env, NODE_ENV: 'test' });
    const loggedIn = async (user: string) => {
      const json = { code: await code(user) };
      const headers = { 'user-agent': `${user}-agent` };
      return (await call<LoginBody>(`${url}/api/weixin/login/`, { json, headers })).body;
    };
    for (let person = 0; person < PEOPLE; person += 1) {
      const [user, other] = [`canary-${person}`, `canary-${person}-elsewhere`];
      const [{ access: token, user_id: id }, merged] = [await loggedIn(user), await loggedIn(other)];
      await call(`${url}/api/me`, { method: 'PUT', token, json: { nickname: `${user}-nickname` } });
      await call(`${url}/api/weixin/data/`, { token, json: { items: [`${user}-item`] } });
      for (const [path, json] of [
        ['merge', { keep: 'mine', code: await code(other) }],
        ['deletion', { code: await code(user) }],
      ] as const)
        expect((await call(`${url}/api/me/${path}`, { method: 'POST', token, json })).status).toBe(200);
      people.push([id, merged.user_id]);
    }
    for (const user of ['first', 'second']) requesting.push({ ...(await loggedIn(user)), user });
    await app.close();
  });
  afterAll(() => sandbox.close());

  /** Starts an instance that kills itself before a step of its work on a person, or with 0 prints the steps. */
  const start = (killAt: number | string, person: readonly string[], pauseMs: number) =>
    Instance.start({
      ...env,
      NODE_OPTIONS: `--import=${PRELOAD}`,
      KILL_AT_STEP: String(killAt),
      STEPS_OF: person.join(),
      JOB_PAUSE_MS: String(pauseMs),
    });
  const listOf = (ids: readonly string[]) => ids.map((id) => `'${id}'`).join();
  const coolingOffEnds = (ids: readonly string[]) =>
    execute(databaseUrl, `UPDATE users SET deletes_at = 1 WHERE id = '${ids[0] ?? ''}'`);
  /** Lets the minute pass after which an erasure is repeated. */
  const minutePasses = () =>
    execute(databaseUrl, 'UPDATE deleted_users SET deleted_at = 1 WHERE swept_at IS NULL');
  /** What one snapshot has of a person. */
  async function stateOf(ids: readonly string[]): Promise<unknown> {
    const count = (table: string, column: string) =>
      `(SELECT COUNT(*) FROM ${table} WHERE ${column} IN (${listOf(ids)}))`;
    const sql = `SELECT ${count('users', 'id')} AS users, ${count('weixin_identities', 'user_id')} AS identities,
      ${count('user_documents', 'user_id')} AS documents, ${count('deleted_users', 'user_id')} AS deleted`;
    const [row = {}] = await rows(databaseUrl, sql);
    return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)]));
  }
  const isSwept = async (ids: readonly string[]) =>
    (
      await rows(
        databaseUrl,
        `SELECT user_id FROM deleted_users WHERE swept_at IS NOT NULL AND user_id IN (${listOf(ids)})`,
      )
    ).length === 2;
  const entriesOf = ([id]: readonly string[]) =>
    linesOf(ledger)
      .map((line) => JSON.parse(line) as { action: string; user_id: string })
      .filter(({ user_id }) => user_id === id)
      .map(({ action }) => action);

  /** Waits for the erasure of a person, the repetition included, or the death of an instance. */
  async function worked(ids: readonly string[], victim?: Instance): Promise<'killed' | 'erased'> {
    let isDead = false as boolean;
    void victim?.ended().then(() => (isDead = true));
    for (;;) {
      if (isDead) return 'killed';
      if (await isSwept(ids)) return 'erased';
      await minutePasses();
      await sleep(20);
    }
  }

  it(
    'of a request leaves it in force or not at all, and the next start completes the ledger',
    { timeout: 600_000 },
    async () => {
      const [first, second] = requesting.map(({ user_id: id }) => [id]);
      // After the entry of the request, and after the commit.
      for (const [index, step] of ['COMMIT 1', 'open 2'].entries()) {
        const { user = '', user_id: id = '', access: token } = requesting[index] ?? {};
        const victim = await start(step, [id], 60_000);
        const json = { code: await code(user) };
        const asked = call(`${victim.url}/api/me/deletion`, { method: 'POST', token, json });
        await expect(asked).rejects.toThrow(TypeError);
        await victim.ended();
        expect(entriesOf([id])).toEqual(['requesting']);
        const leaving = `SELECT id FROM users WHERE id = '${id}' AND deletes_at IS NOT NULL`;
        expect(await rows(databaseUrl, leaving)).toHaveLength(index);
      }
      const next = await start(0, [], 100);
      await expect
        .poll(() => entriesOf(second ?? []), { timeout: 60_000 })
        .toEqual(['requesting', 'requested']);
      expect(entriesOf(first ?? [])).toEqual(['requesting']);
      await next.stop();
    },
  );

  it(
    'of an erasure leaves the user wholly there or wholly gone, and another instance or the next start erases the user',
    { timeout: 3_600_000 },
    async () => {
      const [counted = [], ...others] = people;
      const survivor = await start(0, counted, 1000);
      await coolingOffEnds(counted);
      expect(await worked(counted)).toBe('erased');
      const steps = [...survivor.output.matchAll(/^step \d+: (.*)$/gm)].map(([, name = '']) => name);
      const commit = steps.indexOf('COMMIT') + 1;
      expect(steps.indexOf('sync')).toBeGreaterThan(10);
      expect(commit).toBeGreaterThan(steps.indexOf('sync'));
      const isShared = databaseKind !== 'sqlite';
      if (!isShared) await survivor.stop('SIGKILL');

      // Always the one at which the ledger has the entry and the database has not.
      const wanted = steps.map((_, index) => index + 1).filter((step) => step !== commit);
      wanted.sort(() => Math.random() - 0.5);
      const killed: string[] = [];
      for (const step of [commit, ...wanted].slice(0, KILLS)) {
        const name = `${step} ${steps[step - 1] ?? ''}`;
        // On a server, the other instance may erase a person first. Then the victim takes the next one.
        const candidates = others.slice(0, isShared ? 2 : 1);
        const victim = await start(step, candidates.flat(), 20);
        let isKilled = false;
        for (const person of candidates) {
          if (isKilled) break;
          others.shift();
          await coolingOffEnds(person);
          isKilled = (await worked(person, victim)) === 'killed';
          const state = await stateOf(person);
          if (isShared) expect([THERE, GONE], name).toContainEqual(state);
          else expect(state, name).toEqual(step <= commit ? THERE : GONE);
        }
        await victim.stop('SIGKILL');
        if (isKilled) killed.push(name);
      }
      console.log(JSON.stringify({ steps: steps.length, commit, killed }));
      expect(killed.length).toBeGreaterThanOrEqual(isShared ? 1 : KILLS);

      const last = isShared ? survivor : await start(0, [], 100);
      const erased = people.filter((person) => !others.includes(person));
      for (const person of erased) {
        await worked(person);
        expect(await stateOf(person)).toEqual(GONE);
        expect(entriesOf(person).at(-1)).toBe('erased');
      }
      await last.stop();
      for (const person of others) {
        expect(await stateOf(person)).toEqual(THERE);
        expect(entriesOf(person)).toEqual(['requesting', 'requested']);
      }
      const left = await everythingIn(databaseUrl);
      const traces = people.map((_, person) => `canary-${person}-`).filter((trace) => left.includes(trace));
      expect(traces).toEqual(others.map((person) => `canary-${people.indexOf(person)}-`));
      const replay = await ended(env, 'users', 'replay-deletions', ledger, '--json');
      const nothing = { erased: 0, requested: 0, cancelled: 0, unconfirmed: 1, unreadable: 0 };
      expect(JSON.parse(replay.stdout)).toEqual(nothing);
    },
  );
});
