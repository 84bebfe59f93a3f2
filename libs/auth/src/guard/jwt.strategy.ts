import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-jwt';
import { Problem } from '@app/problem';
import type { Principal } from '../principal.js';
import { AccessTokens } from '../tokens/access-tokens.service.js';
import { bearerToken } from './bearer-token.js';

/**
 * Passport's JWT strategy with the one verifier of this service, {@link AccessTokens.verify}. The verifier of passport-jwt
 * is not used: it verifies a token again in each request, which costs about 70 µs.
 */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(private readonly accessTokens: AccessTokens) {
    super({
      jwtFromRequest: bearerToken,
      // Fails closed: passport-jwt's own verifier must never decide.
      secretOrKeyProvider: (_request: IncomingMessage, _token: string, done: (error: Error) => void) => {
        done(new Problem('token_invalid'));
      },
    });
  }

  /** Turns the access token of a request into a {@link Principal}, without I/O. */
  override authenticate(request: IncomingMessage): void {
    this.principalOf(request).then(
      (principal) => {
        this.success(principal);
      },
      (error: unknown) => {
        this.error(error as Error);
      },
    );
  }

  /** Required by Passport, and never called: {@link authenticate} does not use passport-jwt's verifier. */
  validate(): never {
    throw new Problem('token_invalid');
  }

  private async principalOf(request: IncomingMessage): Promise<Principal> {
    return this.accessTokens.verify(bearerToken(request));
  }
}
