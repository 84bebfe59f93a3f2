import { afterEach, describe, expect, it, vi } from 'vitest';
import { FIRST_APP, refused, useSandbox } from '../../test/use-sandbox.js';

const sandbox = useSandbox();
afterEach(() => vi.useRealTimers());

function ask(query: Record<string, string> = {}) {
  const all = new URLSearchParams({ grant_type: 'client_credential', ...FIRST_APP, ...query });
  return sandbox.send('GET', `/cgi-bin/token?${all.toString()}`);
}
const take = async () => String((await ask()).json['access_token']);
const errcodeWith = async (access_token: string) =>
  (await sandbox.getPhoneNumber(access_token, 'none')).json['errcode'];

describe('GET /cgi-bin/token', () => {
  it('gives a new token each time, and the one before lives five more minutes', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const first = await take();
    vi.advanceTimersByTime(60_000);
    const second = await ask();
    expect(second.json).toEqual({ access_token: expect.any(String) as string, expires_in: 7200 });
    expect(second.json['access_token']).not.toBe(first);
    vi.advanceTimersByTime(5 * 60_000 - 1);
    expect(await errcodeWith(first)).toBe(40029);
    vi.advanceTimersByTime(1);
    expect(await errcodeWith(first)).toBe(40001);
    expect(await errcodeWith(String(second.json['access_token']))).toBe(40029);
  });

  it('knows nothing of stable_token, nor that of it', async () => {
    const stable = await sandbox.accessToken();
    const [first, second] = [await take(), await take()];
    expect(new Set([stable, first, second]).size).toBe(3);
    await sandbox.stableToken({ force_refresh: true });
    expect(await errcodeWith(second)).toBe(40029);
    expect(await sandbox.accessToken()).not.toBe(stable);
  });

  it('answers 45009 to the 2001st call of a day', async () => {
    for (let i = 0; i < 20; i += 1) await Promise.all(Array.from({ length: 100 }, () => ask()));
    expect(await ask()).toMatchObject(refused(45009, 'reach max api daily quota limit'));
  });

  it.each<[number, string, Record<string, string>]>([
    [41002, 'appid missing', { appid: '' }],
    [40013, 'invalid appid', { appid: 'wx0000000000000000' }],
    [41004, 'appsecret missing', { secret: '' }],
    [40125, 'invalid appsecret', { secret: 'wrong' }],
    [40002, 'invalid grant_type', { grant_type: '' }],
  ])('answers %i %s to %j', async (errcode, errmsg, query) => {
    expect(await ask(query)).toMatchObject(refused(errcode, errmsg));
  });
});
