import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { Program } from '../support/process.js';
import { Proxy } from '../support/proxy.js';
import { useStack } from '../support/stack.js';
import { rows } from '../support/rows.js';
import { startStopwatch } from '../support/stopwatch.js';

const LEVELS = { info: 30, warn: 40 };
/** The parts of the service that log a database that does not answer. */
const WHAT = ['the database of DATABASE_URL', 'the signing keys', 'the feed of revocations'];
const MAIN = 'dist/apps/api/src/main.js';

describe('a database server', () => {
  const stack = useStack({ RATE_LIMIT_LOGIN_PER_MINUTE: '0' });
  let proxy: Proxy;
  let instance: Instance;
  beforeAll(async () => {
    proxy = await Proxy.to(stack.databaseUrl);
  });
  afterAll(async () => {
    await instance.stop();
    await proxy.close();
  });

  const login = async (user: string) =>
    call(`${instance.url}/api/weixin/login/`, { json: { code: await stack.code(user) } });
  const knock = (token: string) => stack.knock(token, instance.url);
  /** How many lines of a level the log has on a subject. */
  const logged = (level: 'info' | 'warn') => (what: string) =>
    instance.output
      .split('\n')
      .filter((line) => line.includes(`"level":${LEVELS[level]}`) && line.includes(what)).length;
  /** What a call answers that meets no database in time. */
  const expectRefusal = async (pending: Promise<Answer>) => {
    const stopwatch = startStopwatch();
    const answer = await pending;
    expect([answer.status, answer.body['code']]).toEqual([503, 'database_unavailable']);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(stopwatch()).toBeLessThan(5000);
  };

  it('that is down at start lets the service start: alive and not ready, every call is 503, no token is called invalid', async () => {
    instance = await Instance.start({ ...stack.env, DATABASE_URL: proxy.url });
    expect((await call(`${instance.url}/health/live`)).status).toBe(200);
    expect((await call(`${instance.url}/health/ready`)).status).toBe(503);
    const { access, refresh } = await stack.loggedIn();
    expect(await knock(access)).toEqual([503, 'database_unavailable']);
    await expectRefusal(login('early'));
    await expectRefusal(call(`${instance.url}/api/token/refresh/`, { json: { refresh } }));
    await expectRefusal(call(`${instance.url}/.well-known/jwks.json`));
  });

  it('costs one log line for each part of the service, however long it is down', async () => {
    await sleep(3000);
    expect(WHAT.map(logged('warn'))).toEqual([1, 1, 1]);
    expect(WHAT.map(logged('info'))).toEqual([0, 0, 0]);
  });

  it('that starts later is used without a restart', async () => {
    const { access } = await stack.loggedIn();
    await proxy.open();
    await expect
      .poll(() => knock(access), { timeout: 10_000, interval: 100 })
      .toEqual([200, 'Authenticated.']);
    expect((await login('late')).status).toBe(200);
    expect((await call(`${instance.url}/health/ready`)).status).toBe(200);
    await expect.poll(() => WHAT.map(logged('info')), { timeout: 10_000 }).toEqual([1, 1, 1]);
  });

  it('that freezes costs every call a 503 within five seconds, and is used again afterwards', async () => {
    const { access, refresh } = await stack.loggedIn('frozen');
    expect((await knock(access))[0]).toBe(200);
    proxy.freeze();
    try {
      await Promise.all([
        ...Array.from({ length: 20 }, (_, index) => expectRefusal(login(`frozen-${index}`))),
        ...Array.from({ length: 20 }, () =>
          expectRefusal(call(`${instance.url}/api/weixin/data/`, { token: access })),
        ),
        expectRefusal(call(`${instance.url}/api/token/refresh/`, { json: { refresh } })),
      ]);
    } finally {
      proxy.unfreeze();
    }
    await expect
      .poll(() => knock(access), { timeout: 10_000, interval: 100 })
      .toEqual([200, 'Authenticated.']);
    expect((await login('frozen')).body['is_new_user']).toBe(false);
    expect((await login('frozen-0')).body['is_new_user'], 'nothing was half-written').toBe(true);
  });

  it('that drops every connection costs a few calls, and is used again', async () => {
    await proxy.close();
    await expectRefusal(login('cut off'));
    await proxy.open();
    await expect.poll(async () => (await login('cut off')).status, { timeout: 10_000 }).toBe(200);
  });

  it('that dies under load has every acknowledged write and no partial one, and is used again', async () => {
    const { access } = await stack.loggedIn('reader');
    const logins: Answer[] = [];
    const reads: Answer[] = [];
    let going = true;
    const clients = Array.from({ length: 10 }, async (_, client) => {
      for (let turn = 0; going; turn += 1) {
        logins.push(await login(`dying ${client} ${turn}`));
        reads.push(await call(`${instance.url}/api/weixin/data/`, { token: access }));
      }
    });
    const answered = (status: number) => logins.filter((answer) => answer.status === status).length;
    await expect.poll(() => answered(200), { timeout: 30_000 }).toBeGreaterThan(20);
    await proxy.close();
    await expect.poll(() => answered(503), { timeout: 30_000 }).toBeGreaterThan(20);
    going = false;
    await Promise.all(clients);
    for (const { status, body, headers } of [...logins, ...reads].filter((answer) => answer.status !== 200)) {
      expect([status, body['code'], headers.get('retry-after')]).toEqual([503, 'database_unavailable', '5']);
    }

    await proxy.open();
    await expect.poll(() => knock(access), { timeout: 10_000 }).toEqual([200, 'Authenticated.']);
    const stored = await rows<{ user_id: string }>(
      stack.databaseUrl,
      'SELECT u.id AS user_id FROM users u JOIN weixin_identities i ON i.user_id = u.id JOIN sessions s ON s.user_id = u.id',
    );
    const ids = new Set(stored.map((row) => row.user_id));
    for (const { body } of logins.filter(({ status }) => status === 200))
      expect(ids).toContain(body['user_id']);
    const users = await rows<{ id: string }>(stack.databaseUrl, 'SELECT id FROM users');
    expect(
      users.filter(({ id }) => !ids.has(id)),
      'without an identity or a session',
    ).toEqual([]);
  });

  it('costs one log line when it stops answering and one when it answers again, however many calls fail', async () => {
    expect(instance.output.match(/does not answer/g)?.length).toBeLessThan(10);
    await expect.poll(() => WHAT.map(logged('info')), { timeout: 10_000 }).toEqual(WHAT.map(logged('warn')));
  });
});

describe('a DATABASE_URL', () => {
  const stack = useStack();
  const startWith = async (change: (url: URL) => void) => {
    const url = new URL(stack.databaseUrl);
    change(url);
    const program = new Program(MAIN, { ...stack.env, DATABASE_URL: url.href });
    return { code: await program.ended(), output: program.output };
  };

  it('of a database that does not exist stops the start with one line that names it', async () => {
    const { code, output } = await startWith((url) => {
      url.pathname = '/weapp_passport_is_not_there';
      url.password = 'canary-password';
    });
    expect([code, output.trim().split('\n')]).toEqual([
      1,
      [expect.stringMatching(/^The database of DATABASE_URL cannot be used: /) as string],
    ]);
    expect(output).not.toContain('canary-password');
  });
});
