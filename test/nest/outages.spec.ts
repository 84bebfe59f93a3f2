import { Controller, Get } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { AccessTokenGuard, PassportModule, type PassportOptions } from '@weapp-passport/nest';
import { call } from '../support/http.js';
import { useStack } from '../support/stack.js';
import { useFront } from '../verify-elsewhere/front.js';
import { PLATFORMS, useBackEnds } from './back-end.js';

@Controller()
class HomeController {
  @Get()
  home() {
    return {};
  }
}

const PARTS = {
  controllers: [HomeController],
  providers: [{ provide: APP_GUARD, useClass: AccessTokenGuard }],
};
const NOWHERE = 'http://127.0.0.1:9';
const front = await useFront();

describe('a Nest back end that cannot fetch the keys', () => {
  const stack = useStack({ JWT_ISSUER: front.url });
  const backEnds = useBackEnds();
  let token = '';
  beforeAll(async () => {
    token = (await stack.loggedIn()).access;
  });

  it.each(PLATFORMS)('answers 503 with Retry-After, logs it once, and recovers: %s', async (platform) => {
    front.forwardTo(NOWHERE);
    backEnds.errors.length = 0;
    const url = await backEnds.start(platform, { issuer: front.url, audience: 'weapp-passport' }, PARTS);
    for (let times = 0; times < 3; times += 1) {
      const { status, body, headers } = await call(url, { token });
      expect([status, body['code']]).toEqual([503, 'keys_unavailable']);
      expect(headers.get('retry-after')).toBe('5');
      expect(headers.get('www-authenticate')).toBeNull();
    }
    expect(backEnds.errors.filter((line) => line.includes('keys_unavailable'))).toHaveLength(1);
    front.forwardTo(stack.url);
    expect((await call(url, { token })).status).toBe(200);
  });

  it('refuses a token that is no JWT without the keys', async () => {
    front.forwardTo(NOWHERE);
    const url = await backEnds.start('express', { issuer: front.url, audience: 'weapp-passport' }, PARTS);
    expect((await call(url, { token: 'x' })).status).toBe(401);
    expect((await call(url)).status).toBe(401);
  });

  it('takes the keys from jwksUri', async () => {
    front.forwardTo(NOWHERE);
    const jwksUri = `${stack.url}/.well-known/jwks.json`;
    const url = await backEnds.start(
      'fastify',
      { issuer: front.url, audience: 'weapp-passport', jwksUri },
      PARTS,
    );
    expect((await call(url, { token })).status).toBe(200);
  });

  it('answers 503 if the address has no keys', async () => {
    front.forwardTo(stack.url);
    for (const path of ['health/live', 'nothing']) {
      const jwksUri = `${stack.url}/${path}`;
      const options = { issuer: front.url, audience: 'weapp-passport', jwksUri };
      expect((await call(await backEnds.start('fastify', options, PARTS), { token })).status).toBe(503);
    }
  });
});

describe('the start of a Nest back end', () => {
  const backEnds = useBackEnds();
  const good = { issuer: 'https://login.example.com', audience: 'weapp-passport' };
  const introspection = { url: 'http://127.0.0.1:9002/oauth/introspect', clientId: 'x', clientSecret: 'y' };
  it.each<[string, unknown]>([
    ['issuer', { ...good, issuer: undefined }],
    ['issuer', { ...good, issuer: 'login.example.com' }],
    ['audience', { ...good, audience: undefined }],
    ['audience', { ...good, audience: '' }],
    ['audience', { ...good, audience: [] }],
    ['jwksUri', { ...good, jwksUri: '/jwks.json' }],
    ['timeoutMs', { ...good, timeoutMs: Number.NaN }],
    ['introspection.url', { ...good, introspection: { ...introspection, url: undefined } }],
    ['introspection.clientId', { ...good, introspection: { ...introspection, clientId: undefined } }],
    ['introspection.clientSecret', { ...good, introspection: { ...introspection, clientSecret: '' } }],
    ['introspection.cacheSeconds', { ...good, introspection: { ...introspection, cacheSeconds: -1 } }],
  ])('fails and names the option: %s', async (name, options) => {
    const imports = [PassportModule.forRootAsync({ useFactory: () => options as PassportOptions })];
    await expect(backEnds.startWith('fastify', { ...PARTS, imports })).rejects.toThrow(name);
  });
});
