import { describe, expect, it } from 'vitest';
import { execute, rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';

/** What WeChat returns to the mini-program with the data. */
interface Given {
  encryptedData: string;
  iv: string;
  rawData: string;
  signature: string;
}

/** Well-formed, but not encrypted with any key. */
const BLOCK = Buffer.alloc(16).toString('base64');
const SIGNATURE = '0'.repeat(40);
const withSpace = (base64: string) => base64.replace(/^./, ' ');

const STALE = {
  type: 'urn:weapp-passport:problem:session_key_stale',
  title: 'WeChat wants a newer login for this',
  status: 409,
  code: 'session_key_stale',
};

describe('open data', () => {
  const stack = useStack();
  let people = 0;

  /** Logs a new person in. Returns the data that WeChat gives to their phone. */
  async function person(appid?: string) {
    people += 1;
    const user = `open-data-${people}`;
    const login = await stack.login({ code: await stack.code(user, appid), ...(appid && { appid }) });
    const { access: token, user_id: userId } = login.body;
    const given = async (data?: object) => {
      const { body } = await stack.sandbox<Given>('POST', '/sandbox/open-data', {
        user,
        ...(appid && { appid }),
        ...(data && { data }),
      });
      return body;
    };
    const send = (json: unknown) => stack.call('/api/weixin/open-data', { token, json });
    return { user, userId, token, given, send };
  }

  it('is decrypted and returned unchanged', async () => {
    const { user, given, send } = await person();
    const { encryptedData, iv } = await given();
    const { status, body, headers } = await send({ encryptedData, iv });
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toEqual({
      openId: expect.stringMatching(/^o[\w-]{27}$/) as string,
      unionId: expect.stringMatching(/^o[\w-]{27}$/) as string,
      nickName: user,
      gender: 0,
      language: 'zh_CN',
      city: '',
      province: '',
      country: '',
      avatarUrl: expect.stringMatching(/^https:/) as string,
      watermark: { timestamp: expect.any(Number) as number, appid: 'wxsandbox000000001' },
    });
  });

  it('is decrypted if its kind is unknown', async () => {
    const { given, send } = await person();
    const { encryptedData, iv } = await given({ openGId: 'tGBOsE4', code: 7, __proto: { steps: [1, 2] } });
    expect((await send({ encryptedData, iv })).body).toMatchObject({
      openGId: 'tGBOsE4',
      code: 7,
      __proto: { steps: [1, 2] },
    });
  });

  it('is returned only if its signature matches, if one is sent', async () => {
    const { given, send } = await person();
    const all = await given();
    expect((await send(all)).status).toBe(200);
    // Parsed and serialised again it is another text with the same data.
    const rawData = JSON.stringify(JSON.parse(all.rawData), null, 1);
    const answer = await send({ ...all, rawData });
    expect([answer.status, answer.body['code']]).toEqual([409, 'session_key_stale']);
  });

  it('is decrypted with the key of the mini-program of the login', async () => {
    const [first, second] = [await person(), await person('wxsandbox000000002')];
    const { encryptedData, iv } = await second.given();
    expect((await second.send({ encryptedData, iv })).body['watermark']).toMatchObject({
      appid: 'wxsandbox000000002',
    });
    expect((await first.send({ encryptedData, iv })).status).toBe(409);
  });

  it('gets the same answer for every failure, after the same time', async () => {
    const { userId, given, send } = await person();
    const all = await given();
    const { encryptedData, iv, rawData, signature } = all;
    const other = await (await person()).given();
    const foreign = await given({ watermark: { appid: 'wx0000000000000000' } });
    const stranger = await given({ openId: 'oSomebodyElse000000000000001' });
    const failures: [string, object][] = [
      ['another user’s', { encryptedData: other.encryptedData, iv: other.iv }],
      ['another mini-program’s', { encryptedData: foreign.encryptedData, iv: foreign.iv }],
      ['with another openId', { encryptedData: stranger.encryptedData, iv: stranger.iv }],
      ['with another iv', { encryptedData, iv: other.iv }],
      ['truncated', { encryptedData: encryptedData.slice(0, 64), iv }],
      ['wrong signature', { ...all, signature: signature.replace(/^./, (one) => (one === '0' ? '1' : '0')) }],
      ['other rawData', { ...all, rawData: `${rawData} ` }],
      ['empty rawData', { ...all, rawData: '' }],
    ];
    const answers = [];
    for (const [name, json] of failures) answers.push({ name, answer: await timed(() => send(json)) });
    await execute(
      stack.databaseUrl,
      `UPDATE weixin_identities SET session_key = 'v1.unknown.AAAA' WHERE user_id = '${userId}'`,
    );
    answers.push({ name: 'a key that does not unseal', answer: await timed(() => send(all)) });
    await execute(
      stack.databaseUrl,
      `UPDATE weixin_identities SET session_key = NULL, session_key_at = 0 WHERE user_id = '${userId}'`,
    );
    answers.push({ name: 'no key', answer: await timed(() => send(all)) });

    for (const { name, answer } of answers) {
      const { instance, ...body } = answer.body;
      expect(body, name).toEqual(STALE);
      expect(instance, name).toMatch(/^urn:uuid:/);
      expect(answer.milliseconds, name).toBeGreaterThan(45);
      expect([...answer.headers.keys()].sort()).toEqual(
        [...(answers[0]?.answer.headers.keys() ?? [])].sort(),
      );
    }
  });

  it('is refused with an older key, and decrypted when it is requested again after a new login', async () => {
    const { user, given, send } = await person();
    const old = await given();
    const { access } = await stack.loggedIn(user);
    expect((await send({ encryptedData: old.encryptedData, iv: old.iv })).status).toBe(409);
    const { encryptedData, iv } = await given();
    const answer = await stack.call('/api/weixin/open-data', { token: access, json: { encryptedData, iv } });
    expect(answer.status).toBe(200);
  });

  it('is not decrypted with the key of another user’s row', async () => {
    const [alice, mallory] = [await person(), await person()];
    const [{ session_key: key }] = (await rows<{ session_key: string }>(
      stack.databaseUrl,
      `SELECT session_key FROM weixin_identities WHERE user_id = '${alice.userId}'`,
    )) as [{ session_key: string }];
    await execute(
      stack.databaseUrl,
      `UPDATE weixin_identities SET session_key = '${key}' WHERE user_id = '${mallory.userId}'`,
    );
    const { encryptedData, iv } = await alice.given({ openGId: 'x' });
    expect((await alice.send({ encryptedData, iv })).status).toBe(200);
    expect((await mallory.send({ encryptedData, iv })).status).toBe(409);
  });

  it.each<[string, unknown]>([
    ['an empty object', {}],
    ['null', null],
    ['a list', []],
    ['without iv', { encryptedData: BLOCK }],
    ['without encryptedData', { iv: BLOCK }],
    ['with an empty encryptedData', { encryptedData: '', iv: BLOCK }],
    ['with a number as encryptedData', { encryptedData: 7, iv: BLOCK }],
    ['with a list as iv', { encryptedData: BLOCK, iv: [BLOCK] }],
    ['with a too long encryptedData', { encryptedData: 'A'.repeat(8256), iv: BLOCK }],
    ['with rawData and no signature', { encryptedData: BLOCK, iv: BLOCK, rawData: '{}' }],
    ['with a signature and no rawData', { encryptedData: BLOCK, iv: BLOCK, signature: SIGNATURE }],
    ['with null as signature', { encryptedData: BLOCK, iv: BLOCK, rawData: '{}', signature: null }],
    ['with a session_key', { encryptedData: BLOCK, iv: BLOCK, session_key: 'HyVFkGl5F5OQWJZZaNzBBg==' }],
  ])('is refused with this body: %s', async (_, json) => {
    const { status, body } = await (await person()).send(json);
    expect([status, body['code']]).toEqual([400, 'validation_failed']);
  });

  it('is refused as validation_failed if malformed, before a key is used', async () => {
    const { userId, given, send } = await person();
    const all = await given();
    const { encryptedData, iv, signature } = all;
    const wrong: [string, object][] = [
      ['encryptedData with a + that arrived as a space', { encryptedData: withSpace(encryptedData) }],
      ['encryptedData in base64url', { encryptedData: encryptedData.replace(/^./, '_') }],
      ['encryptedData with a line break', { encryptedData: `${encryptedData}\n` }],
      ['encryptedData cut off within a block', { encryptedData: encryptedData.slice(0, 8) }],
      ['encryptedData without its padding', { encryptedData: BLOCK.slice(0, 22) }],
      ['encryptedData that is no base64', { encryptedData: '<not base64>' }],
      ['iv with a + that arrived as a space', { iv: withSpace(iv) }],
      ['iv that is no base64', { iv: '!' }],
      ['iv of 15 bytes', { iv: Buffer.alloc(15).toString('base64') }],
      ['iv of 32 bytes', { iv: Buffer.alloc(32).toString('base64') }],
      ['signature in upper case', { signature: signature.replace(/^./, 'A') }],
      ['signature of 39 digits', { signature: signature.slice(1) }],
      ['signature that is not ASCII', { signature: 'é'.repeat(40) }],
    ];
    const refused = async () => {
      for (const [name, change] of wrong) {
        const { status, body } = await send({ ...all, ...change });
        expect([status, body['code']], name).toEqual([400, 'validation_failed']);
        expect(String(body['errors']), name).toContain(`${Object.keys(change)[0] ?? ''} must be`);
      }
    };
    await refused();
    await execute(
      stack.databaseUrl,
      `UPDATE weixin_identities SET session_key = NULL, session_key_at = 0 WHERE user_id = '${userId}'`,
    );
    await refused();
  });

  it('is limited like logins, so that a body that decrypts cannot be found by trial', async () => {
    const { send } = await person();
    const { headers } = await send({ encryptedData: BLOCK, iv: BLOCK });
    expect(headers.get('ratelimit-policy')).toBe('"login";q=600;w=60');
  });

  it('is refused without an access token', async () => {
    const { status, body } = await stack.call('/api/weixin/open-data', {
      json: { encryptedData: BLOCK, iv: BLOCK },
    });
    expect([status, body['code']]).toEqual([401, 'token_missing']);
  });
});

async function timed<T extends object>(call: () => Promise<T>): Promise<T & { milliseconds: number }> {
  const startedAt = performance.now();
  const answer = await call();
  return { ...answer, milliseconds: performance.now() - startedAt };
}
