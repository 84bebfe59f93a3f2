import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { Controller, Get, UseGuards } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  AccessTokenGuard,
  Claims,
  CurrentUser,
  Introspect,
  OptionalAuth,
  PassportModule,
  type PassportUser,
  Public,
} from '@weapp-passport/nest';
import { CustomClaimsService } from '../../libs/users/src/index.js';
import { APPID } from '../admin/admin.js';
import { claimsOf } from '../tokens/forge.js';
import { call } from '../support/http.js';
import { type LoginBody, useStack } from '../support/stack.js';
import { useFront } from '../verify-elsewhere/front.js';
import { type BadToken, BAD_TOKENS, badTokens } from '../verify-elsewhere/tokens.js';
import { PLATFORMS, useBackEnds } from './back-end.js';

@Controller()
class ShopController {
  @Get('me')
  me(@CurrentUser() user: PassportUser, @Claims() claims: object, @Claims('role') role: unknown) {
    return { user, claims, role };
  }

  @Public()
  @Get('open')
  open(@CurrentUser() user: PassportUser | undefined) {
    return { user: user ?? null };
  }

  @OptionalAuth()
  @Get('optional')
  optional(@CurrentUser() user: PassportUser | undefined) {
    return { user: user ?? null };
  }

  @Introspect()
  @Get('introspected')
  introspected() {
    return {};
  }
}

@Public()
@Controller('mostly-open')
class MostlyOpenController {
  @Get()
  open() {
    return {};
  }

  @OptionalAuth()
  @Get('optional')
  optional(@CurrentUser() user: PassportUser | undefined) {
    return { user: user ?? null };
  }
}

@Controller()
class PartlyGuardedController {
  @UseGuards(AccessTokenGuard)
  @Get('guarded')
  guarded(@CurrentUser() user: PassportUser) {
    return user;
  }

  @Get('unguarded')
  unguarded() {
    return {};
  }
}

const front = await useFront();

describe.each(PLATFORMS)('the guard of a Nest back end on %s', (platform) => {
  const stack = useStack({ JWT_ISSUER: front.url });
  const backEnds = useBackEnds();
  const options = { issuer: front.url, audience: 'weapp-passport' };
  let url = '';
  let login: LoginBody;
  let user: PassportUser;
  let bad: Record<BadToken, string>;

  beforeAll(async () => {
    front.forwardTo(stack.url);
    url = await backEnds.start(platform, options, {
      controllers: [ShopController, MostlyOpenController],
      providers: [{ provide: APP_GUARD, useClass: AccessTokenGuard }],
    });
    const { user_id } = await stack.loggedIn();
    await stack.service(CustomClaimsService).replace(user_id, { role: 'editor' });
    login = await stack.loggedIn();
    user = { userId: user_id, sessionId: claimsOf(login.access).sid, appid: APPID };
    bad = await badTokens(stack, login);
  });

  it('admits an access token, and injects the user, the claims and one claim', async () => {
    const { status, body } = await call(`${url}/me`, { token: login.access });
    expect([status, body]).toEqual([200, { user, claims: claimsOf(login.access), role: 'editor' }]);
  });

  it.each(BAD_TOKENS)('refuses %s with 401 and invalid_token', async (name) => {
    const { status, body, headers } = await call(`${url}/me`, { token: bad[name] });
    const code = name === 'an expired token' ? 'token_expired' : 'token_invalid';
    expect([status, body]).toMatchObject([401, { statusCode: 401, code }]);
    expect(headers.get('www-authenticate')).toMatch(
      /^Bearer error="invalid_token", error_description="[\w ]+"$/,
    );
  });

  it('refuses a request without a bearer token with a challenge that names no error', async () => {
    const schemes: Record<string, string>[] = [
      {},
      { authorization: 'Basic eDp5' },
      { authorization: login.access },
    ];
    for (const headers of schemes) {
      const answer = await call(`${url}/me`, { headers });
      expect([answer.status, answer.body['code']]).toEqual([401, 'token_missing']);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('reads no token from the query', async () => {
    expect((await call(`${url}/me?access_token=${login.access}`)).status).toBe(401);
  });

  it('refuses a request with two Authorization headers', async () => {
    const bearer = `Bearer ${login.access}`;
    const headers = ['authorization', bearer, 'host', new URL(url).host, 'Authorization', bearer];
    const [answer] = (await once(get(`${url}/me`, { headers }), 'response')) as [IncomingMessage];
    expect(answer.resume().statusCode).toBe(401);
  });

  it('does not look at the token of a public route', async () => {
    const { status, body } = await call(`${url}/open`, { token: 'x' });
    expect([status, body]).toEqual([200, { user: null }]);
  });

  it('admits to an optional route without a token, with a valid one, but not with another', async () => {
    expect((await call(`${url}/optional`)).body).toEqual({ user: null });
    expect((await call(`${url}/optional`, { token: login.access })).body).toEqual({ user });
    expect((await call(`${url}/optional`, { token: bad['an expired token'] })).status).toBe(401);
  });

  it('prefers the rule of a method to that of its class', async () => {
    expect((await call(`${url}/mostly-open`, { token: 'x' })).status).toBe(200);
    expect((await call(`${url}/mostly-open/optional`, { token: 'x' })).status).toBe(401);
  });

  it('answers 500, not 200, on a route with introspection if none is configured', async () => {
    expect((await call(`${url}/introspected`, { token: login.access })).status).toBe(500);
  });

  it('guards single routes, configured by forRootAsync', async () => {
    const partly = await backEnds.startWith(platform, {
      imports: [PassportModule.forRootAsync({ useFactory: () => Promise.resolve(options) })],
      controllers: [PartlyGuardedController],
    });
    expect((await call(`${partly}/unguarded`)).status).toBe(200);
    expect((await call(`${partly}/guarded`)).status).toBe(401);
    expect((await call(`${partly}/guarded`, { token: login.access })).body).toEqual(user);
  });
});
