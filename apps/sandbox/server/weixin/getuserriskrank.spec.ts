import { afterEach, describe, expect, it, vi } from 'vitest';
import { FIRST_APP, refused, SECOND_APP, useSandbox } from '../../test/use-sandbox.js';

const sandbox = useSandbox();
afterEach(() => vi.useRealTimers());

async function ask(body: Record<string, unknown> = {}, app = FIRST_APP) {
  const { openid } = await sandbox.session();
  const all = { appid: app.appid, openid, scene: 0, client_ip: '127.0.0.1', ...body };
  return sandbox.withToken('POST', '/wxa/getuserriskrank', all, app);
}

describe('POST /wxa/getuserriskrank', () => {
  it('answers no risk for a user without a set rank', async () => {
    const { contentType, json } = await ask();
    expect(contentType).toBe('application/json; charset=UTF-8');
    expect(json).toEqual({
      errcode: 0,
      errmsg: 'getuserriskrank succ',
      risk_rank: 0,
      unoin_id: expect.any(Number) as number,
    });
  });

  it.each([1, 4])('gives the rank %i that the developer set, for that user only', async (riskRank) => {
    await sandbox.send('PUT', '/sandbox/users', { user: 'mallory', riskRank });
    const { openid } = await sandbox.session('mallory');
    expect((await ask({ openid })).json['risk_rank']).toBe(riskRank);
    expect((await ask()).json['risk_rank']).toBe(0);
  });

  it('answers 61010 to an openid that has not logged in for two hours', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { openid } = await sandbox.session('bob');
    vi.advanceTimersByTime(2 * 3600_000 - 1);
    expect((await ask({ openid })).json['errcode']).toBe(0);
    vi.advanceTimersByTime(1);
    expect(await ask({ openid })).toMatchObject(refused(61010, 'code is expired'));
  });

  it.each<[number, string, Record<string, unknown>]>([
    [40003, 'invalid openid', { openid: 7 }],
    [40129, 'invalid scene', { scene: 2 }],
    [40129, 'invalid scene', { scene: '0' }],
    [47001, 'data format error', { client_ip: undefined }],
    [43104, 'appid does not match openid', { appid: SECOND_APP.appid }],
  ])('answers %i %s to %j', async (errcode, errmsg, body) => {
    expect(await ask(body)).toMatchObject(refused(errcode, errmsg));
  });

  it('answers 43104 to an openid of another app', async () => {
    expect((await ask({}, SECOND_APP)).json['errcode']).toBe(43104);
  });
});
