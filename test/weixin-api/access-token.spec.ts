import { beforeEach, describe, expect, it } from 'vitest';
import { execute, rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { AUTHORIZED_PATH, authorizedCalls, REACHED, SECOND_APP, TOKEN_PATH } from './authorized-calls.js';

const FORGET = 'DELETE FROM weixin_access_tokens';

describe('the access token of an app', () => {
  const stack = useStack();
  const { knock, calls } = authorizedCalls(stack);
  const storedToken = async () =>
    (await rows(stack.databaseUrl, 'SELECT token FROM weixin_access_tokens'))[0]?.['token'];
  const tenAtOnce = () => Promise.all(Array.from({ length: 10 }, () => knock()));

  beforeEach(async () => {
    await execute(stack.databaseUrl, FORGET);
    await stack.restart();
  });

  it('is fetched once for calls that come together and for those that come later', async () => {
    expect(await tenAtOnce()).toEqual(Array(10).fill(REACHED));
    expect(await knock()).toEqual(REACHED);
    expect(await calls()).toEqual({ fetches: 1, calls: 11 });
  });

  it('is used again after a restart', async () => {
    await knock();
    await stack.restart();
    expect(await knock()).toEqual(REACHED);
    expect(await calls()).toEqual({ fetches: 1, calls: 2 });
  });

  it('is the app’s own', async () => {
    expect([await knock(), await knock(SECOND_APP)]).toEqual([REACHED, REACHED]);
    expect(await calls()).toEqual({ fetches: 2, calls: 2 });
    expect(await rows(stack.databaseUrl, 'SELECT appid FROM weixin_access_tokens')).toHaveLength(2);
  });

  it('is not fetched by a login', async () => {
    await stack.breakWeixin('hang', {}, TOKEN_PATH);
    await stack.loggedIn();
    expect(await calls()).toEqual({ fetches: 0, calls: 0 });
  });

  it('is fetched again when it has expired by its row', async () => {
    await knock();
    await execute(stack.databaseUrl, `UPDATE weixin_access_tokens SET expires_at = 1`);
    await stack.restart();
    expect(await knock()).toEqual(REACHED);
    expect(await calls()).toMatchObject({ fetches: 2 });
  });

  it('lives by the database’s clock for the lifetime that WeChat returned, less the time of its renewal', async () => {
    await knock();
    const [row] = await rows(
      stack.databaseUrl,
      `SELECT (expires_at - ${Date.now()}) / 1000 AS seconds FROM weixin_access_tokens`,
    );
    expect(Number(row?.['seconds'])).toBeGreaterThan(7200 - 240 - 30);
    expect(Number(row?.['seconds'])).toBeLessThanOrEqual(7200 - 240);
  });

  it.each([
    ['of another SECRET_KEY', "concat('v1.AAAAAAAAAAA.', substr(token, 16))"],
    ['whose bytes were changed', "concat('v1.', substr(token, 4, 11), '.AAAA', substr(token, 20))"],
    ['that is nonsense', "'nonsense'"],
  ])('is fetched again when its row has a value %s', async (_, sql) => {
    await knock();
    await execute(stack.databaseUrl, `UPDATE weixin_access_tokens SET token = ${sql}`);
    await stack.restart();
    expect(await knock()).toEqual(REACHED);
    expect(await calls()).toMatchObject({ fetches: 2 });
    await stack.restart();
    expect(await knock()).toEqual(REACHED);
    expect(await calls()).toMatchObject({ fetches: 2 });
  });

  it.each([40001, 40014, 42001])(
    'is fetched once more, and once only, when WeChat answers %i',
    async (errcode) => {
      await knock();
      await stack.breakWeixin('errcode', { errcode, times: 1 }, AUTHORIZED_PATH);
      expect(await knock()).toEqual(REACHED);
      expect(await calls()).toEqual({ fetches: 2, calls: 3 });
      await stack.breakWeixin('errcode', { errcode }, AUTHORIZED_PATH);
      expect(await knock()).toEqual([502, 'weixin_unavailable']);
      expect(await calls()).toEqual({ fetches: 3, calls: 5 });
    },
  );

  it('is fetched once more for ten calls whose token WeChat refuses together', async () => {
    await knock();
    await stack.breakWeixin('errcode', { errcode: 40001, times: 10 }, AUTHORIZED_PATH);
    expect(await tenAtOnce()).toEqual(Array(10).fill(REACHED));
    expect(await calls()).toEqual({ fetches: 2, calls: 21 });
  });

  it('is fetched once more when another back end has replaced it', async () => {
    await knock();
    const before = await storedToken();
    await stack.sandbox('POST', TOKEN_PATH, {
      grant_type: 'client_credential',
      appid: 'wxsandbox000000001',
      secret: 'sandbox-secret',
      force_refresh: true,
    });
    expect(await knock()).toEqual(REACHED);
    expect(await storedToken()).not.toBe(before);
  });

  it('is fetched again by the next call when a fetch failed', async () => {
    await stack.breakWeixin('status', { status: 500, times: 1 }, TOKEN_PATH);
    expect(await tenAtOnce()).toEqual(Array(10).fill([502, 'weixin_unavailable']));
    expect(await knock()).toEqual(REACHED);
    expect(await calls()).toEqual({ fetches: 2, calls: 1 });
  });

  it('is requested twice from a busy WeChat', async () => {
    await stack.breakWeixin('errcode', { errcode: -1, times: 1 }, TOKEN_PATH);
    expect(await knock()).toEqual(REACHED);
    await stack.breakWeixin('errcode', { errcode: -1 }, AUTHORIZED_PATH);
    expect(await knock()).toEqual([503, 'weixin_busy']);
    expect(await calls()).toEqual({ fetches: 2, calls: 2 });
  });

  it('is not fetched by this instance while another running instance fetches it', async () => {
    const startedAt = performance.now();
    const soon = Date.now() + 700;
    await execute(
      stack.databaseUrl,
      `INSERT INTO weixin_access_tokens (appid, lease_holder, leased_until) VALUES ('wxsandbox000000001', 'another', ${soon})`,
    );
    expect(await knock()).toEqual(REACHED);
    expect(performance.now() - startedAt).toBeGreaterThan(690);
    expect(await calls()).toEqual({ fetches: 1, calls: 1 });
  });
});
