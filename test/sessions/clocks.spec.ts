import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Database } from '../../libs/database/src/index.js';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { rows } from '../support/rows.js';
import { type LoginBody, useStack } from '../support/stack.js';
import { claimsOf } from '../tokens/forge.js';

const BEHIND_MS = 300_000;
const DAY_SECONDS = 86_400;

describe('an instance whose clock is five minutes behind', () => {
  const stack = useStack();
  let late: Instance;
  beforeAll(async () => {
    late = await Instance.start(stack.env, -BEHIND_MS);
  });
  afterAll(() => late.stop());

  const loggedIn = async (): Promise<LoginBody> =>
    (await call<LoginBody>(`${late.url}/api/weixin/login/`, { json: { code: await stack.code() } })).body;
  const post = (path: string, json: object) => call<LoginBody>(late.url + path, { json });
  const linesWith = (text: string) => late.output.split('\n').filter((line) => line.includes(text)).length;

  it('refuses a session that another instance ended', async () => {
    const { access, refresh } = await loggedIn();
    const next = (await post('/api/token/refresh/', { refresh })).body;
    await post('/api/token/blacklist/', { refresh: next.refresh });
    const answers = new Set<string>();
    // An id that this instance adds itself counts until the second poll, and polls are a second apart.
    for (let count = 0; count < 8; count += 1) {
      for (const token of [access, next.access]) answers.add(String(await stack.knock(token, late.url)));
      await sleep(500);
    }
    expect([...answers]).toEqual(['401,token_revoked']);
  });

  it('stores the times of a session by the clock of the database', async () => {
    const { refresh } = await loggedIn();
    const { sid } = claimsOf((await post('/api/token/refresh/', { refresh })).body.refresh);
    const [row] = await rows(stack.databaseUrl, `SELECT * FROM sessions WHERE id = '${sid}'`);
    for (const name of ['created_at', 'rotated_at', 'last_used_at'])
      expect(Math.abs(Number(row?.[name]) - Date.now()), name).toBeLessThan(10_000);
    const [identity] = await rows(stack.databaseUrl, 'SELECT session_key_at AS at FROM weixin_identities');
    expect(Math.abs(Number(identity?.['at']) - Date.now())).toBeLessThan(10_000);
  });

  it('issues tokens with the same lifetime as other instances', async () => {
    const login = await loggedIn();
    const { body } = await post('/api/token/refresh/', { refresh: login.refresh });
    for (const { expires_in, refresh_expires_in } of [login, body]) {
      expect(expires_in).toBe(300);
      expect(refresh_expires_in / DAY_SECONDS).toBeCloseTo(30, 3);
    }
  });

  it('logs the clock skew once at the start and reports it in a metric', async () => {
    expect(linesWith("the clock of this machine is 300 s behind the database's")).toBe(1);
    const { text } = await call(`${late.url}/metrics`);
    expect(Number(/^weapp_passport_clock_skew_seconds (\S+)$/m.exec(text)?.[1])).toBeCloseTo(-300, 0);
  });

  it('logs once that it refuses valid tokens of other instances', async () => {
    const { access } = await stack.loggedIn();
    for (let count = 0; count < 3; count += 1)
      expect(await stack.knock(access, late.url)).toEqual([401, 'token_invalid']);
    await expect.poll(() => linesWith('an access token with a valid signature was issued')).toBe(1);
  });
});

describe('a clock that is changed while the service runs', () => {
  const stack = useStack();
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is logged once when it leaves the tolerance and once when it is back', async () => {
    const { clock } = stack.service(Database);
    const logged = () =>
      stack.logs
        .filter((line) => line.includes('the clock of this machine'))
        .map((line) => /this machine (.*?),|again/.exec(line)?.[0]);
    for (const [shiftMs, times] of [
      [29_000, 2],
      [600_000, 3],
      [0, 2],
    ] as const) {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + shiftMs });
      for (let count = 0; count < times; count += 1) await clock.measure();
      vi.useRealTimers();
    }
    expect(logged()).toEqual(["this machine is 600 s ahead of the database's,", 'again']);
  });

  it('does not change the stored times of sessions', async () => {
    const before = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: before + 600_000 });
    const { refresh } = await stack.loggedIn();
    const [row] = await rows(
      stack.databaseUrl,
      `SELECT created_at AS at FROM sessions WHERE id = '${claimsOf(refresh).sid}'`,
    );
    expect(Number(row?.['at']) - before).toBeLessThan(10_000);
  });
});
