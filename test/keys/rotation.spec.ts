import { describe, expect, it } from 'vitest';
import { WeixinAccessTokensService } from '../../libs/weixin-api/src/access-token/weixin-access-tokens.service.js';
import { ended } from '../support/command.js';
import { call } from '../support/http.js';
import { useInstance } from '../support/instance.js';
import { execute, rows } from '../support/rows.js';
import { startService } from '../support/service.js';
import { SECRET_KEY, useStack } from '../support/stack.js';
import { decode } from '../tokens/forge.js';

const POLL = { timeout: 3000, interval: 20 };
const kidOf = (token: string) => decode(token.split('.')[0])['kid'];

const keysCli = (env: NodeJS.ProcessEnv, ...args: string[]) => ended(env, 'keys', ...args);

describe('key rotation', () => {
  const stack = useStack({ RATE_LIMIT_LOGIN_PER_MINUTE: '0' });
  const other = useInstance(() => stack.env);

  const states = async () =>
    Object.fromEntries(
      (
        await rows<{ state: string; id: string }>(stack.databaseUrl, 'SELECT state, id FROM signing_keys')
      ).map(({ state, id }) => [state, id]),
    );
  const publish = (secondsAgo: number) =>
    execute(
      stack.databaseUrl,
      `UPDATE signing_keys SET created_at = created_at - ${secondsAgo * 1000} WHERE state = 'next'`,
    );
  const kidsAt = async (url: string) =>
    (await call<{ keys: { kid: string }[] }>(`${url}/.well-known/jwks.json`)).body.keys.map(({ kid }) => kid);

  it('is refused until the next key was published for 360 s, and changes nothing before', async () => {
    const before = await states();
    expect(Object.keys(before).sort()).toEqual(['current', 'next']);
    const { code, output } = await keysCli(stack.env, 'rotate');
    expect([code, output]).toEqual([1, expect.stringMatching(/wait \d+ s/) as string]);
    expect(await states()).toEqual(before);
  });

  it('reaches all instances without a restart and without one 401', async () => {
    const before = await states();
    const { access: old } = await stack.loggedIn();
    const answers: number[] = [];
    let going = true;
    const load = async (from: string, to: string) => {
      while (going) {
        const code = await stack.code(`under-load-${answers.length}`);
        const login = await call<{ access: string }>(`${from}/api/weixin/login/`, { json: { code } });
        answers.push(login.status, (await stack.knock(login.body.access, to))[0]);
      }
    };
    const loads = [load(stack.url, other.url), load(other.url, stack.url)];
    await publish(360);
    expect((await keysCli(stack.env, 'rotate')).code).toBe(0);
    for (const url of [stack.url, other.url]) {
      await expect.poll(() => kidsAt(url), POLL).toHaveLength(3);
    }
    await expect.poll(async () => kidOf((await stack.loggedIn()).access), POLL).toBe(before['next']);
    await expect.poll(() => answers.length, { timeout: 30_000 }).toBeGreaterThan(20);
    going = false;
    await Promise.all(loads);
    expect(new Set(answers)).toEqual(new Set([200]));

    const after = await states();
    expect([after['previous'], after['current']]).toEqual([before['current'], before['next']]);
    for (const url of [stack.url, other.url]) expect((await stack.knock(old, url))[0]).toBe(200);
  });

  it('is completed by dropping the previous key once its tokens have expired', async () => {
    const { previous } = await states();
    expect(await keysCli(stack.env, 'retire')).toMatchObject({
      code: 1,
      output: expect.stringMatching(/may still be valid: wait \d+ s/) as string,
    });
    expect((await states())['previous']).toBe(previous);
    await publish(360);
    expect((await keysCli(stack.env, 'retire')).code).toBe(0);
    for (const url of [stack.url, other.url]) {
      await expect.poll(() => kidsAt(url), POLL).not.toContain(previous);
    }
    expect((await keysCli(stack.env, 'retire')).output).toMatch(/no previous key/);
  });

  it('drops a compromised key immediately, even for tokens that were verified before', async () => {
    const { access } = await stack.loggedIn();
    const compromised = kidOf(access);
    expect(await stack.knock(access)).toEqual([200, 'Authenticated.']);
    expect((await keysCli(stack.env, 'rotate', '--compromised')).code).toBe(0);
    for (const url of [stack.url, other.url]) {
      await expect.poll(() => stack.knock(access, url), POLL).toEqual([401, 'token_invalid']);
      expect(await kidsAt(url)).not.toContain(compromised);
    }
    expect(await stack.knock((await stack.loggedIn()).access)).toEqual([200, 'Authenticated.']);
  });

  it('lists the keys without any private part', async () => {
    const { code, output } = await keysCli(stack.env, 'list');
    expect(code).toBe(0);
    for (const kid of Object.values(await states())) expect(output).toContain(kid);
    expect(output).not.toMatch(/"d"|v1\./);
  });
});

describe('a new SECRET_KEY', () => {
  const stack = useStack();
  const newer = { SECRET_KEY: SECRET_KEY.split('').reverse().join('') };

  it('works with the old one as fallback, and alone once everything is encrypted again', async () => {
    const login = await stack.loggedIn();
    await stack
      .service(WeixinAccessTokensService)
      .get({ appid: 'wxsandbox000000001', secret: 'sandbox-secret' });
    const both = { ...stack.env, ...newer, SECRET_KEY_FALLBACKS: SECRET_KEY };
    const resealed = await keysCli(both, 'reseal');
    expect([resealed.code, resealed.output]).toEqual([
      0,
      expect.stringMatching(/^signing keys encrypted again +2$/m) as string,
    ]);
    expect(resealed.output).toMatch(/^session_keys encrypted again +1$/m);
    expect(resealed.output).toMatch(/^access tokens of WeChat .* 1$/m);

    const during = await startService(both);
    expect((await stack.knock(login.access, during.url))[0]).toBe(200);
    const next = await call<{ refresh: string }>(`${during.url}/api/token/refresh/`, {
      json: { refresh: login.refresh },
    });
    expect(next.status).toBe(200);
    await during.app.close();

    const alone = await startService({ ...stack.env, ...newer });
    expect((await stack.knock(login.access, alone.url))[0]).toBe(200);
    const last = await call(`${alone.url}/api/token/refresh/`, { json: { refresh: next.body.refresh } });
    expect(last.status).toBe(200);
    await alone.app.close();
    expect((await keysCli({ ...stack.env, ...newer }, 'reseal')).output).toMatch(
      /^signing keys encrypted again +0$/m,
    );
  });
});

describe('passport users', () => {
  const stack = useStack();
  const cli = (...args: string[]) => ended(stack.env, 'users', ...args);

  it('shows, disables and enables a user', async () => {
    const { access, user_id } = await stack.loggedIn();
    expect((await cli('show', user_id)).output).toMatch(new RegExp(`${user_id}.*active`, 's'));
    expect((await cli('disable', user_id)).code).toBe(0);
    await expect.poll(() => stack.knock(access), POLL).toEqual([403, 'user_disabled']);
    expect((await cli('show', user_id)).output).toMatch(/^disabled since +20/m);
    expect((await cli('enable', user_id)).code).toBe(0);
    await expect.poll(() => stack.knock(access), POLL).toEqual([200, 'Authenticated.']);
    const sql = "SELECT kind FROM auth_events WHERE kind LIKE 'user_%' ORDER BY id";
    const events = await rows(stack.databaseUrl, sql);
    expect(events.map(({ kind }) => kind)).toEqual(['user_disabled', 'user_enabled']);
  });

  it('answers 1 if no user has the id', async () => {
    expect(await cli('disable', '00000000-0000-0000-0000-000000000000')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('There is no user with this id.') as string,
    });
  });

  it('refuses an id with a space at its end or in upper case, and changes nothing', async () => {
    const { access, user_id } = await stack.loggedIn('exact');
    for (const id of [`${user_id} `, user_id.toUpperCase(), '', 'x'])
      expect(await cli('disable', id), JSON.stringify(id)).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(
          /^The id of a user is a UUID in lower case, without spaces\./,
        ) as string,
      });
    expect((await cli('show', user_id)).output).toContain('active');
    expect(await stack.knock(access)).toEqual([200, 'Authenticated.']);
  });
});
