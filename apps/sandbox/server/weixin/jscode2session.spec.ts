import { afterEach, describe, expect, it, vi } from 'vitest';
import { code2SessionPath, FIRST_APP, SECOND_APP, useSandbox } from '../../test/use-sandbox.js';

const sandbox = useSandbox();
const MOCK_CODE = 'the code is a mock one';

/** The errmsg of sns: `invalid code, rid: 6129ee10-272863a4-64d75414`. */
const errmsgOf = (text: string) => new RegExp(`^${text}, rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$`);

const freezeClock = (at = Date.now()) => vi.useFakeTimers({ toFake: ['Date'], now: at });
afterEach(() => vi.useRealTimers());

async function session(user: string, app = FIRST_APP) {
  const { json } = await sandbox.code2Session(await sandbox.login({ user, appid: app.appid }), app);
  return json as { openid: string; unionid: string; session_key: string };
}

async function expectRefusal(answer: ReturnType<typeof sandbox.code2Session>, errcode: number, text: string) {
  const { status, contentType, json } = await answer;
  expect({ status, contentType }).toEqual({ status: 200, contentType: 'text/plain' });
  expect(json).toEqual({ errcode, errmsg: expect.stringMatching(errmsgOf(text)) as string });
}

describe('a success', () => {
  it('is status 200, text/plain, and carries no errcode', async () => {
    const { status, contentType, json } = await sandbox.code2Session(await sandbox.login());
    expect({ status, contentType }).toEqual({ status: 200, contentType: 'text/plain' });
    expect(Object.keys(json)).toEqual(['session_key', 'openid', 'unionid']);
  });

  it('gives an openid and a unionid of 28 characters that begin with o', async () => {
    const { openid, unionid } = await session('alice');
    expect(openid).toMatch(/^o[A-Za-z0-9_-]{27}$/);
    expect(unionid).toMatch(/^o[A-Za-z0-9_-]{27}$/);
    expect(openid).not.toBe(unionid);
  });

  it('gives the same person the same openid, also after a reset', async () => {
    const before = await session('alice');
    await sandbox.send('POST', '/sandbox/reset');
    expect((await session('alice')).openid).toBe(before.openid);
  });

  it('gives one person another openid in another app, and the same unionid', async () => {
    const [first, second] = [await session('alice'), await session('alice', SECOND_APP)];
    expect(first.openid).not.toBe(second.openid);
    expect(first.unionid).toBe(second.unionid);
  });

  it('gives different users to names that differ only in case', async () => {
    const [lower, upper] = [await session('alice'), await session('Alice')];
    expect(lower.openid).not.toBe(upper.openid);
    expect(lower.unionid).not.toBe(upper.unionid);
  });
});

describe('the session_key', () => {
  it('is the base64 of 16 bytes', async () => {
    const { session_key } = await session('alice');
    expect(session_key).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(Buffer.from(session_key, 'base64')).toHaveLength(16);
  });

  it('is replaced by each wx.login()', async () => {
    expect((await session('alice')).session_key).not.toBe((await session('alice')).session_key);
  });

  it('is the current one, also for a code of an earlier login', async () => {
    const [earlier, later] = [await sandbox.login(), await sandbox.login()];
    const first = await sandbox.code2Session(earlier);
    const second = await sandbox.code2Session(later);
    expect(first.json['session_key']).toBe(second.json['session_key']);
  });
});

describe('a code', () => {
  it('works once: answers 40163 to a code that was used', async () => {
    const code = await sandbox.login();
    await sandbox.code2Session(code);
    await expectRefusal(sandbox.code2Session(code), 40163, 'code been used');
  });

  it('logs in one of ten exchanges at once', async () => {
    const code = await sandbox.login();
    const answers = await Promise.all(Array.from({ length: 10 }, () => sandbox.code2Session(code)));
    expect(answers.filter(({ json }) => 'openid' in json)).toHaveLength(1);
    expect(answers.filter(({ json }) => json['errcode'] === 40163)).toHaveLength(9);
  });

  it.each([
    ['unknown', '0'.repeat(32)],
    ['a phone code', 'ab'.repeat(32)],
    ['very long', 'x'.repeat(8000)],
    ['not ASCII', '码"&\u0000'],
    ['a name of Object.prototype', '__proto__'],
  ])('is refused with 40029 where it is %s', async (_name, code) => {
    await expectRefusal(sandbox.code2Session(code), 40029, 'invalid code');
  });

  it('is 40029 to another app, and still good for its own', async () => {
    const code = await sandbox.login();
    await expectRefusal(sandbox.code2Session(code, SECOND_APP), 40029, 'invalid code');
    expect((await sandbox.code2Session(code)).json).toHaveProperty('openid');
  });

  it('lives five minutes: works at the last millisecond', async () => {
    freezeClock();
    const code = await sandbox.login();
    vi.advanceTimersByTime(5 * 60_000 - 1);
    expect((await sandbox.code2Session(code)).json).toHaveProperty('openid');
  });

  it('lives five minutes: answers 40029 after them', async () => {
    freezeClock();
    const code = await sandbox.login();
    vi.advanceTimersByTime(5 * 60_000);
    await expectRefusal(sandbox.code2Session(code), 40029, 'invalid code');
  });

  it('survives a call that was refused for its configuration', async () => {
    const code = await sandbox.login();
    await sandbox.code2Session(code, { secret: 'wrong' });
    expect((await sandbox.code2Session(code)).json).toHaveProperty('openid');
  });
});

describe('the configuration is looked at before the code', () => {
  it.each<[number, string, Record<string, string | undefined>]>([
    [41002, 'appid missing', { appid: undefined }],
    [41002, 'appid missing', { appid: '' }],
    [40013, 'invalid appid', { appid: 'wx0000000000000000' }],
    [40013, 'invalid appid', { appid: '__proto__' }],
    [40013, 'invalid appid', { appid: 'WXSANDBOX000000001' }],
    [41004, 'appsecret missing', { secret: undefined }],
    [40125, 'invalid appsecret', { secret: 'wrong' }],
    [40125, 'invalid appsecret', { secret: SECOND_APP.secret }],
    [41008, 'missing code', { js_code: undefined }],
    [41008, 'missing code', { js_code: '' }],
    [40002, 'invalid grant_type', { grant_type: undefined }],
    [40002, 'invalid grant_type', { grant_type: 'client_credential' }],
  ])('answers %i %s to %j', async (errcode, text, query) => {
    await expectRefusal(sandbox.code2Session('nonsense', query), errcode, text);
  });

  it.each<[number, Record<string, string | undefined>]>([
    [41002, { appid: undefined, secret: 'wrong', js_code: undefined }],
    [40013, { appid: 'unknown', secret: undefined, js_code: undefined }],
    [40125, { secret: 'wrong', js_code: undefined, grant_type: 'wrong' }],
    [41008, { js_code: undefined, grant_type: 'wrong' }],
  ])('names %i first where several things are wrong', async (errcode, query) => {
    expect((await sandbox.code2Session('nonsense', query)).json['errcode']).toBe(errcode);
  });

  it('takes the first of repeated parameters', async () => {
    const path = code2SessionPath({ js_code: await sandbox.login() });
    const { json } = await sandbox.send(
      'GET',
      `${path}&js_code=other&appid=other&secret=other&grant_type=other`,
    );
    expect(json).toHaveProperty('openid');
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])(
    'answers 43001 to %s, and the code stays fresh',
    async (method) => {
      const code = await sandbox.login();
      await expectRefusal(
        sandbox.send(method, code2SessionPath({ js_code: code })),
        43001,
        'require GET method',
      );
      expect((await sandbox.code2Session(code)).json).toHaveProperty('openid');
    },
  );

  it('looks at no content type', async () => {
    const init = { method: 'POST', body: '<xml/>', headers: { 'content-type': 'text/xml' } };
    expect(await (await fetch(sandbox.url('/sns/jscode2session'), init)).text()).toContain('43001');
  });

  it('does not use a code up for HEAD', async () => {
    const code = await sandbox.login();
    await fetch(sandbox.url(code2SessionPath({ js_code: code })), { method: 'HEAD' });
    expect((await sandbox.code2Session(code)).json).toHaveProperty('openid');
  });
});

it('begins the rid with the time in unix seconds', async () => {
  freezeClock(0x6129ee10 * 1000);
  const { json } = await sandbox.code2Session('nonsense');
  expect(json['errmsg']).toMatch(/^invalid code, rid: 6129ee10-/);
});

describe('the quota of a hundred a minute a user', () => {
  const QUOTA = 'api minute-quota reach limit mustslower retry next minute';

  it('answers 45011 to the 101st, and is free again a minute later, also for the code that was refused', async () => {
    freezeClock();
    for (let i = 0; i < 100; i += 1) expect(await session('alice')).toHaveProperty('openid');
    const code = await sandbox.login();
    await expectRefusal(sandbox.code2Session(code), 45011, QUOTA);
    vi.advanceTimersByTime(59_999);
    await expectRefusal(sandbox.code2Session(code), 45011, QUOTA);
    vi.advanceTimersByTime(1);
    expect((await sandbox.code2Session(code)).json).toHaveProperty('openid');
  });

  it('is counted for each user and each app', async () => {
    freezeClock();
    for (let i = 0; i < 101; i += 1) await sandbox.code2Session(MOCK_CODE);
    await expectRefusal(sandbox.code2Session(MOCK_CODE), 45011, QUOTA);
    expect(await session('bob')).toHaveProperty('openid');
    expect(await session('alice', SECOND_APP)).toHaveProperty('openid');
  });

  it('is not touched by exchanges that fail', async () => {
    freezeClock();
    const code = await sandbox.login();
    for (let i = 0; i < 150; i += 1) await sandbox.code2Session(code);
    expect(await session('alice')).toHaveProperty('openid');
  });
});

describe('the mock code of the devtools', () => {
  it.each([FIRST_APP, SECOND_APP])('logs alice in to $appid, again and again', async (app) => {
    const { openid, unionid } = await session('alice', app);
    const alice = { openid, unionid, session_key: 'bW9jayBzZXNzaW9uX2tleQ==' };
    for (let i = 0; i < 3; i += 1) expect((await sandbox.code2Session(MOCK_CODE, app)).json).toEqual(alice);
  });

  it('logs another user in whom it names', async () => {
    const { openid } = await session('bob');
    expect((await sandbox.code2Session(`${MOCK_CODE} of bob`)).json).toMatchObject({ openid });
  });

  it('does not excuse a wrong secret', async () => {
    await expectRefusal(sandbox.code2Session(MOCK_CODE, { secret: 'wrong' }), 40125, 'invalid appsecret');
  });
});
