import { randomInt } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { execute, rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { type Known, KEYS, knownPerson, makePush, type Making, type Mode, revoked, send } from './weixin.js';

const DOCTYPE = '<!DOCTYPE xml [<!ENTITY a "canary"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>';
const OTHER_KEY = 'sandboxEncodingAESKeyOfTheOtherMiniProgramB';

describe('the push route', () => {
  const stack = useStack();
  let victim: Known;
  beforeAll(async () => {
    victim = await knownPerson(stack);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const refused = async (making: Making, body?: string) => {
    const push = makePush(revoked(victim.openid, '301'), making);
    const answer = await send(stack, { ...push, ...(body !== undefined && { body }) });
    return [answer.status, answer.body['code']];
  };
  const noEffect = async () => {
    expect(await victim.profile()).toMatchObject({ nickname: 'canary name' });
    expect(await rows(stack.databaseUrl, 'SELECT id FROM weixin_pushes')).toEqual([]);
  };

  it.each<[string, Making, number, string]>([
    ['an unknown appid', { appid: 'wx0000000000000000' }, 400, 'app_unknown'],
    ['another Token', { token: 'anotherToken' }, 403, 'push_signature_invalid'],
    ['another Token in plain mode', { token: 'anotherToken', mode: 'plain' }, 403, 'push_signature_invalid'],
    ['the EncodingAESKey of another app', { encodingAesKey: OTHER_KEY }, 403, 'push_signature_invalid'],
    ['another appid inside', { sealedAppid: 'wxsandbox000000002' }, 403, 'push_signature_invalid'],
    ['a changed nonce', { query: { nonce: '1' } }, 403, 'push_signature_invalid'],
    [
      'a changed Encrypt',
      { respell: (text) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1) },
      403,
      'push_signature_invalid',
    ],
    [
      'a wrong signature beside a good msg_signature',
      { query: { signature: '0' } },
      403,
      'push_signature_invalid',
    ],
    ['an empty Encrypt', { respell: () => '' }, 403, 'push_signature_invalid'],
    ['a timestamp that is no number', { timestamp: 'now' }, 403, 'push_stale'],
    [
      'a form as its content type',
      { contentType: 'application/x-www-form-urlencoded' },
      415,
      'unsupported_media_type',
    ],
    ['bytes as its content type', { contentType: 'application/octet-stream' }, 415, 'unsupported_media_type'],
  ])('refuses a push with %s', async (_, making, ...expected) => {
    expect(await refused(making)).toEqual(expected);
    await noEffect();
  });

  it.each([-6, 6])(
    'refuses a push when the clocks differ by %i minutes, and takes one at 4 minutes',
    async (minutes) => {
      const at = (ms: number) => String(Math.floor((Date.now() + ms) / 1000));
      expect(await refused({ timestamp: at(minutes * 60_000) })).toEqual([403, 'push_stale']);
      expect(await refused({ timestamp: at(minutes * 60_000), mode: 'plain' })).toEqual([403, 'push_stale']);
      expect(await refused({ timestamp: at(Math.sign(minutes) * 240_000), mode: 'plain' })).toEqual([
        200,
        undefined,
      ]);
      await noEffect();
    },
  );

  it('refuses a good push that is sent again six minutes later', async () => {
    const push = makePush({ MsgType: 'event', Event: 'x' });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 6 * 60_000 });
    expect((await send(stack, push)).body['code']).toBe('push_stale');
  });

  it.each([
    ['an entity of its own', `${DOCTYPE}<xml><Encrypt>&b;</Encrypt></xml>`],
    ['a document type', `<!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml><Encrypt>x</Encrypt></xml>`],
    ['an unknown entity', '<xml><Encrypt>&canary;</Encrypt></xml>'],
    ['an element that is not closed', '<xml><Encrypt>x</Encrypt>'],
    ['two elements of one name', '<xml><Encrypt>x</Encrypt><Encrypt>y</Encrypt></xml>'],
    ['10,000 nested elements', `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`],
    ['text after its end', '<xml><Encrypt>x</Encrypt></xml>canary'],
    ['broken JSON', '{"Encrypt":'],
    ['a JSON list', '["Encrypt"]'],
    ['two JSON keys that differ in a space', '{"Encrypt":"x"," Encrypt":"y"}'],
    ['nothing', ''],
    ['a byte order mark and NUL', '\uFEFF\u0000'],
  ])('refuses a body with %s', async (_, body) => {
    for (const mode of ['safe', 'plain'] as const)
      expect(await refused({ mode }, body)).toEqual([400, 'validation_failed']);
    await noEffect();
  });

  it.each<[string, Making, string]>([
    ['signature', { query: { signature: '0'.repeat(40) } }, 'push_signature_invalid'],
    ['signature in plain mode', { mode: 'plain', token: 'anotherToken' }, 'push_signature_invalid'],
    ['msg_signature', { query: { msg_signature: 'x' } }, 'push_signature_invalid'],
    ['timestamp', { timestamp: '1714036504' }, 'push_stale'],
  ])('refuses a wrong %s before the body is parsed', async (_, making, code) => {
    expect(await refused(making, '{"broken":')).toEqual([403, code]);
  });

  it('refuses a body of 1 MB before it is parsed', async () => {
    expect(await refused({}, `<xml>${'<a>x</a>'.repeat(131_072)}</xml>`)).toEqual([413, 'payload_too_large']);
    await noEffect();
  });

  it('returns and logs neither Token nor EncodingAESKey', async () => {
    const answers: unknown[] = [];
    for (const making of [{}, { token: 'anotherToken' }, { encodingAesKey: OTHER_KEY }, { timestamp: '1' }])
      answers.push((await send(stack, makePush({ MsgType: 'event', Event: 'secrets' }, making))).text);
    const seen = JSON.stringify([answers, stack.logs]);
    expect(seen).toContain('push_signature_invalid');
    for (const secret of Object.values(KEYS)) expect(seen).not.toContain(secret);
    await execute(stack.databaseUrl, 'DELETE FROM weixin_pushes');
  });

  it('is the only route that takes XML', async () => {
    const headers = { 'content-type': 'text/xml' };
    for (const path of ['/api/weixin/login', '/api/token/refresh', '/api/token/verify']) {
      const answer = await stack.call(path, { method: 'POST', headers, body: '<xml/>' });
      expect([path, answer.status, answer.body['code']]).toEqual([path, 415, 'unsupported_media_type']);
    }
  });

  it('answers the check of the WeChat console with echostr, and only if the signature is good', async () => {
    const { path } = makePush('{}', { mode: 'plain', query: { echostr: '<b>0123+4</b>' } });
    const answer = await stack.call(path);
    expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([
      200,
      '<b>0123+4</b>',
      'text/plain; charset=utf-8',
    ]);
    expect((await stack.call(path.replace(/nonce=\d+/, 'nonce=1'))).body['code']).toBe(
      'push_signature_invalid',
    );
    expect((await stack.call(path.replace('echostr', 'other'))).body['code']).toBe('validation_failed');
    const old = makePush('{}', { mode: 'plain', timestamp: '1714036504', query: { echostr: '1' } });
    expect((await stack.call(old.path)).body['code']).toBe('push_stale');
  });
});

describe('RATE_LIMIT_VERIFY_PER_MINUTE', () => {
  const stack = useStack({ RATE_LIMIT_VERIFY_PER_MINUTE: '3' });

  it('limits the pushes of an address with a wrong signature, and no others', async () => {
    const good = () => send(stack, makePush({ MsgType: 'event', Event: 'x', CreateTime: randomInt(1e9) }));
    const bad = (mode: Mode) => send(stack, makePush({}, { mode, token: 'anotherToken' }));
    for (let count = 0; count < 5; count += 1) expect((await good()).status).toBe(200);
    for (const mode of ['plain', 'safe', 'compatible'] as const)
      expect((await bad(mode)).body['code']).toBe('push_signature_invalid');
    const { status, body, headers } = await bad('safe');
    expect([status, body['code']]).toEqual([429, 'rate_limited']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await good()).status).toBe(429);
  });
});

describe('the push route of an app without Token and EncodingAESKey', () => {
  const stack = useStack({ WEIXIN_APPS: 'wxsandbox000000001:sandbox-secret' });

  it('answers push_not_configured', async () => {
    const answer = await send(stack, makePush('{}'));
    expect([answer.status, answer.body['code']]).toEqual([404, 'push_not_configured']);
  });
});
