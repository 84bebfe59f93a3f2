import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-jwt';
import { Problem } from '@app/problem';
import type { Principal } from '../principal.js';
import { AccessTokensService } from '../tokens/access-tokens.service.js';
import { bearerToken } from './bearer-token.js';

/**
 * Passport's JWT strategy with the one verifier of this service, {@link AccessTokensService.verify}. The verifier of passport-jwt
 * is not used: it verifies a token again in each request, which costs about 70 µs.
 */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(private readonly accessTokens: AccessTokensService) {
    super({
      jwtFromRequest: bearerToken,
      // Fails closed: passport-jwt's own verifier must never decide.
      secretOrKeyProvider: (_request: IncomingMessage, _token: string, done: (error: Error) => void) => {
        done(new Problem('token_invalid'));
      },
    });
  }

  /** Succeeds with the {@link Principal} of the access token, without I/O. A hot path: a remembered token costs no promise. */
  override authenticate(request: IncomingMessage): void {
    const succeed = (principal: Principal): void => {
      this.success(principal);
    };
    const fail = (error: unknown): void => {
      this.error(error as Error);
    };
    try {
      const verified = this.accessTokens.verify(bearerToken(request));
      if (verified instanceof Promise) verified.then(succeed, fail);
      else succeed(verified);
    } catch (error) {
      fail(error);
    }
  }

  /** Required by Passport, and never called: {@link authenticate} does not use passport-jwt's verifier. */
  validate(): never {
    throw new Problem('token_invalid');
  }
}
