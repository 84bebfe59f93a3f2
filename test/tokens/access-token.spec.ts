import {
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { useStack } from '../support/stack.js';
import { type Claims, decode, encode, signEs256, stolenKey } from './forge.js';

describe('access token', () => {
  const stack = useStack();
  let access = '';
  let refresh = '';
  let header: Claims = {};
  let claims: Claims = {};
  let key: KeyObject;

  beforeAll(async () => {
    ({ access, refresh } = await stack.loggedIn());
    const [head, payload] = access.split('.');
    header = decode(head);
    claims = decode(payload);
    ({ key } = await stolenKey(stack.databaseUrl));
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const knock = async (token: string) => {
    const answer = await stack.call('/api/weixin/data/', { token });
    return [answer.status, answer.body['code']];
  };

  it('is accepted if the forger of these tests signs correct claims', async () => {
    expect(await knock(signEs256(header, claims, key))).toEqual([200, 'Authenticated.']);
  });

  it('has ids of this service and no data of WeChat', () => {
    expect(header).toEqual({ alg: 'ES256', typ: 'JWT', kid: expect.any(String) as string });
    expect(Object.keys(claims).sort()).toEqual(
      ['aud', 'client_id', 'exp', 'iat', 'iss', 'jti', 'sid', 'sub', 'token_type'].sort(),
    );
    expect(claims).toMatchObject({
      iss: 'http://127.0.0.1:8000',
      aud: 'weapp-passport',
      client_id: 'wxsandbox000000001',
      token_type: 'access',
    });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(300);
  });

  it('expires after five minutes', async () => {
    const { access: fresh } = await stack.loggedIn();
    const iat = Number(decode(fresh.split('.')[1])['iat']);
    vi.useFakeTimers({ toFake: ['Date'], now: (iat + 299) * 1000 });
    expect(await knock(fresh)).toEqual([200, 'Authenticated.']);
    vi.setSystemTime((iat + 300) * 1000);
    expect(await knock(fresh)).toEqual([401, 'token_expired']);
  });

  it('is refused after its expiry by an instance that has not verified it before', async () => {
    const exp = Math.floor(Date.now() / 1000);
    const token = signEs256(header, { ...claims, iat: exp - 300, exp }, key);
    expect(await knock(token)).toEqual([401, 'token_expired']);
  });

  it.each<[string, (claims: Claims) => unknown]>([
    ['without exp', (all) => ({ ...all, exp: undefined })],
    ['without iat', (all) => ({ ...all, iat: undefined })],
    ['without iss', (all) => ({ ...all, iss: undefined })],
    ['without aud', (all) => ({ ...all, aud: undefined })],
    ['without sub', (all) => ({ ...all, sub: undefined })],
    ['without sid', (all) => ({ ...all, sid: undefined })],
    ['without jti', (all) => ({ ...all, jti: undefined })],
    ['without client_id', (all) => ({ ...all, client_id: undefined })],
    ['without token_type', (all) => ({ ...all, token_type: undefined })],
    ['of the type refresh', (all) => ({ ...all, token_type: 'refresh' })],
    ['of another issuer', (all) => ({ ...all, iss: 'http://127.0.0.1:9000' })],
    ['with a list of issuers', (all) => ({ ...all, iss: [all['iss']] })],
    ['for another audience', (all) => ({ ...all, aud: 'another' })],
    ['for several audiences', (all) => ({ ...all, aud: ['weapp-passport', 'another'] })],
    ['with a number as sub', (all) => ({ ...all, sub: 1 })],
    ['with text as exp', (all) => ({ ...all, exp: String(all['exp']) })],
    ['with a fraction as exp', (all) => ({ ...all, exp: Number(all['exp']) - 0.5 })],
    ['living longer than the configured lifetime', (all) => ({ ...all, exp: Number(all['iat']) + 301 })],
    [
      'issued more than 60 s ahead',
      (all) => ({ ...all, iat: Number(all['iat']) + 90, exp: Number(all['exp']) + 90 }),
    ],
    ['not valid yet', (all) => ({ ...all, nbf: Number(all['iat']) + 200 })],
    ['with an array as payload', (all) => [all]],
    ['with null as payload', () => null],
    ['with text as payload', () => 'claims'],
  ])('is refused %s, although its signature is valid', async (_, change) => {
    expect(await knock(signEs256(header, change(claims), key))).toEqual([401, 'token_invalid']);
  });

  it.each<[string, Claims]>([
    ['crit', { crit: ['exp'] }],
    ['an unknown crit', { crit: ['x'], x: 1 }],
    ['b64', { b64: false }],
    ['zip', { zip: 'DEF' }],
    ['jku', { jku: 'https://attacker.example/jwks.json' }],
    ['x5u', { x5u: 'https://attacker.example/cert.pem' }],
    ['another typ', { typ: 'at+jwt' }],
    ['an unknown kid', { kid: 'unknown' }],
    ['a kid that names a member of every object', { kid: '__proto__' }],
    ['a number as kid', { kid: 1 }],
  ])('is refused with %s in its header, although its signature is valid', async (_, members) => {
    expect(await knock(signEs256({ ...header, ...members }, claims, key))).toEqual([401, 'token_invalid']);
  });

  it('is refused with a header that is no object', async () => {
    for (const value of [null, [], 'ES256', 1]) {
      expect(await knock(signEs256(value, claims, key))).toEqual([401, 'token_invalid']);
    }
  });

  it('is refused with its key in the header', async () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = pair.publicKey.export({ format: 'jwk' });
    expect(await knock(signEs256({ ...header, jwk }, claims, pair.privateKey))).toEqual([
      401,
      'token_invalid',
    ]);
    expect(await knock(signEs256(header, claims, pair.privateKey))).toEqual([401, 'token_invalid']);
  });

  it.each(['none', 'None', 'NONE', 'nOnE', ''])('is refused with the algorithm %j', async (alg) => {
    for (const signature of ['', 'AA', access.split('.')[2] ?? '']) {
      const [status, code] = await knock(`${encode({ ...header, alg })}.${encode(claims)}.${signature}`);
      expect([status, code]).toEqual([401, 'token_invalid']);
    }
  });

  it('is refused if signed by HMAC with the public key as the secret', async () => {
    const { body } = await stack.call<{ keys: JsonWebKey[] }>('/.well-known/jwks.json');
    const [jwk] = body.keys;
    const publicKey = createPublicKey({ key: jwk ?? {}, format: 'jwk' });
    const secrets = [
      publicKey.export({ type: 'spki', format: 'pem' }),
      publicKey.export({ type: 'spki', format: 'der' }),
      JSON.stringify(jwk),
    ];
    for (const alg of ['HS256', 'HS384', 'HS512']) {
      for (const secret of secrets) {
        const input = `${encode({ ...header, alg })}.${encode(claims)}`;
        const mac = createHmac(alg.replace('HS', 'sha'), secret).update(input).digest('base64url');
        expect(await knock(`${input}.${mac}`)).toEqual([401, 'token_invalid']);
      }
    }
  });

  it('is refused with r = s = 0, with a truncated signature and without a signature', async () => {
    const [head, payload, signature = ''] = access.split('.');
    const zeros = Buffer.alloc(64).toString('base64url');
    for (const bad of [
      zeros,
      signature.slice(0, 40),
      'A',
      'AAAA',
      Buffer.alloc(1000).toString('base64url'),
    ]) {
      expect(await knock(`${head ?? ''}.${payload ?? ''}.${bad}`), bad).toEqual([401, 'token_invalid']);
    }
  });

  it('is refused with any one character changed', async () => {
    for (let index = 0; index < access.length - 1; index += 7) {
      if (access[index] === '.') continue;
      const changed = access.slice(0, index) + (access[index] === 'A' ? 'B' : 'A') + access.slice(index + 1);
      expect(await knock(changed), `character ${index}`).toEqual([401, 'token_invalid']);
    }
    // Only two bits of the last character are used; its other spellings are refused too.
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (const last of alphabet.replace(access.at(-1) ?? '', '')) {
      expect(await knock(access.slice(0, -1) + last), last).toEqual([401, 'token_invalid']);
    }
  });

  it.each([
    'a',
    'a.b',
    'a.b.c',
    'a.b.c.d',
    '..',
    '.',
    'e30.e30.e30',
    'bnVsbA.bnVsbA.bnVsbA',
    'x'.repeat(5000),
  ])('is refused if it is %j', async (token) => {
    expect(await knock(token)).toEqual([401, 'token_invalid']);
  });

  it('is refused if it is a refresh token', async () => {
    expect(await knock(refresh)).toEqual([401, 'token_invalid']);
  });

  it('causes an error in WWW-Authenticate only if one was sent', async () => {
    const without = await stack.call('/api/weixin/data/');
    expect([without.status, without.body['code']]).toEqual([401, 'token_missing']);
    expect(without.headers.get('www-authenticate')).toBe('Bearer realm="weapp-passport"');
    const withBad = await stack.call('/api/weixin/data/', { token: 'a.b.c' });
    expect(withBad.headers.get('www-authenticate')).toMatch(
      /^Bearer realm="weapp-passport", error="invalid_token", error_description="[^"]+"$/,
    );
  });
});

describe('access token with HS256', () => {
  const stack = useStack({ JWT_ALGORITHM: 'HS256' });

  it('is accepted, and the JWKS is empty', async () => {
    const { access } = await stack.loggedIn();
    expect(decode(access.split('.')[0])).toMatchObject({ alg: 'HS256', typ: 'JWT' });
    expect((await stack.call('/api/weixin/data/', { token: access })).status).toBe(200);
    expect((await stack.call('/.well-known/jwks.json')).body).toEqual({ keys: [] });
  });

  it('is refused if it is the refresh token, which is HS256 too', async () => {
    const { refresh } = await stack.loggedIn();
    const answer = await stack.call('/api/weixin/data/', { token: refresh });
    expect([answer.status, answer.body['code']]).toEqual([401, 'token_invalid']);
  });
});
