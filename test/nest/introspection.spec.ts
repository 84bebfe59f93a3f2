import { createServer } from 'node:http';
import { Controller, Get } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AccessTokenGuard, Introspect, type IntrospectionOptions, Public } from '@weapp-passport/nest';
import { OAuthService } from '../../libs/admin/src/oauth/oauth.service.js';
import { adminUrlOf, createAccount } from '../admin/admin.js';
import { call } from '../support/http.js';
import { useStack } from '../support/stack.js';
import { useFront } from '../verify-elsewhere/front.js';
import { useBackEnds } from './back-end.js';

@Controller()
class CheckoutController {
  @Introspect()
  @Get('checkout')
  checkout() {
    return {};
  }

  @Get('cart')
  cart() {
    return {};
  }

  @Public()
  @Get('open')
  open() {
    return {};
  }
}

const PARTS = {
  controllers: [CheckoutController],
  providers: [{ provide: APP_GUARD, useClass: AccessTokenGuard }],
};
const front = await useFront();

describe('introspection of a Nest back end', () => {
  const stack = useStack({ JWT_ISSUER: front.url, ADMIN_PORT: '0' });
  const backEnds = useBackEnds();
  let account: { clientId: string; clientSecret: string };
  beforeAll(async () => {
    front.forwardTo(stack.url);
    account = await createAccount(stack, { scopes: [] });
  });
  const started = (members: Partial<IntrospectionOptions> = {}, timeoutMs = 5000) =>
    backEnds.start(
      'fastify',
      {
        issuer: front.url,
        audience: 'weapp-passport',
        timeoutMs,
        introspection: { ...account, url: `${adminUrlOf(stack)}/oauth/introspect`, ...members },
      },
      PARTS,
    );
  const statuses = (url: string, token: string, ...paths: string[]) =>
    Promise.all(paths.map(async (path) => (await call(`${url}/${path}`, { token })).status));

  it('refuses the token of an ended session on routes that ask, and not on the others', async () => {
    const url = await started();
    const { access, refresh } = await stack.loggedIn();
    await stack.call('/api/token/blacklist/', { json: { refresh } });
    const { status, body, headers } = await call(`${url}/checkout`, { token: access });
    expect([status, body['code']]).toEqual([401, 'token_revoked']);
    expect(headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(await statuses(url, access, 'cart', 'open')).toEqual([200, 200]);
  });

  it('asks for each guarded route with everyRoute', async () => {
    const url = await started({ everyRoute: true });
    const { access, refresh } = await stack.loggedIn();
    await stack.call('/api/token/blacklist/', { json: { refresh } });
    expect(await statuses(url, access, 'checkout', 'cart', 'open')).toEqual([401, 401, 200]);
  });

  it('asks once for many requests within the time of the cache, and again after it', async () => {
    const asked = vi.spyOn(stack.service(OAuthService), 'introspect');
    const url = await started({ cacheSeconds: 60 });
    const { access, refresh } = await stack.loggedIn();
    expect(new Set(await statuses(url, access, ...Array<string>(20).fill('checkout')))).toEqual(
      new Set([200]),
    );
    await stack.call('/api/token/blacklist/', { json: { refresh } });
    expect(await statuses(url, access, 'checkout')).toEqual([200]);
    expect(asked).toHaveBeenCalledTimes(1);
    const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000);
    expect(await statuses(url, access, 'checkout')).toEqual([401]);
    now.mockRestore();
    asked.mockRestore();
  });

  it('asks for each request with cacheSeconds 0', async () => {
    const url = await started({ cacheSeconds: 0 });
    const { access, refresh } = await stack.loggedIn();
    expect(await statuses(url, access, 'checkout')).toEqual([200]);
    await stack.call('/api/token/blacklist/', { json: { refresh } });
    expect(await statuses(url, access, 'checkout')).toEqual([401]);
  });

  it.each([
    ['the service cannot be reached', { url: 'http://127.0.0.1:9/oauth/introspect' }],
    ['the secret is wrong', { clientSecret: 'wrong' }],
  ])('answers 503, never 401 or 200, if %s', async (_, members) => {
    const url = await started(members);
    const { access } = await stack.loggedIn();
    const { status, body, headers } = await call(`${url}/checkout`, { token: access });
    expect([status, body['code']]).toEqual([503, 'introspection_unavailable']);
    expect(headers.get('retry-after')).toBe('5');
    expect(await statuses(url, access, 'cart')).toEqual([200]);
    expect(backEnds.errors.join()).not.toContain(account.clientSecret);
  });

  describe('against a service that answers nonsense', () => {
    let answer: [status: number, body: string] | undefined;
    const nonsense = createServer((_, response) => {
      if (answer) response.writeHead(answer[0], { location: '/' }).end(answer[1]);
    });
    let url = '';
    beforeAll(async () => {
      await new Promise<void>((resolve) => nonsense.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${(nonsense.address() as { port: number }).port}`;
    });
    afterAll(() => {
      nonsense.closeAllConnections();
      nonsense.close();
    });

    it.each([
      ['an error', [500, '{"active":true}']],
      ['a redirect', [302, '{"active":true}']],
      ['no JSON', [200, '<html>']],
      ['null', [200, 'null']],
      ['active as a text', [200, '{"active":"true"}']],
      ['nothing until the deadline', undefined],
    ] as const)('answers 503 to %s, and does not remember it', async (_, nonsensical) => {
      answer = nonsensical && [...nonsensical];
      const backEnd = await started({ url }, 300);
      const { access } = await stack.loggedIn();
      expect(await statuses(backEnd, access, 'checkout')).toEqual([503]);
      answer = [200, '{"active":true}'];
      expect(await statuses(backEnd, access, 'checkout')).toEqual([200]);
    });
  });
});
