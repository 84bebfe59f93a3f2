import type { KeyObject } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-jwt';
import { Config } from '@app/config';
import { Problem } from '@app/problem';
import { AccessTokens } from '../tokens/access-tokens.service.js';
import { bearerToken } from './bearer-token.js';
import type { Principal } from '../principal.js';

/** Turns the access token of a request into a {@link Principal}, without I/O. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    config: Config,
    private readonly accessTokens: AccessTokens,
  ) {
    super({
      jwtFromRequest: bearerToken,
      secretOrKeyProvider: (_request: IncomingMessage, token: string, done: KeyFound) => {
        accessTokens
          .keyOf(token)
          .then((key) => {
            // The types know only text and bytes; jsonwebtoken takes KeyObjects.
            if (key) done(null, key.verifyWith as KeyObject & string);
            else done(new Problem('token_invalid'));
          })
          // jsonwebtoken throws bare errors at some malformed tokens: no fault of the service.
          .catch((error: unknown) => {
            done(error instanceof Problem ? error : new Problem('token_invalid'));
          });
      },
      // Here and not in jsonWebTokenOptions, which passport-jwt overwrites with undefined.
      algorithms: [config.JWT_ALGORITHM],
      issuer: config.JWT_ISSUER,
      audience: config.JWT_AUDIENCE,
      passReqToCallback: true,
    });
  }

  /** Passport's entry: a token seen before is not verified anew. */
  override authenticate(request: IncomingMessage): void {
    try {
      const known = this.accessTokens.recall(bearerToken(request));
      if (known) this.success(known);
      else super.authenticate(request as Parameters<Strategy['authenticate']>[0]);
    } catch (error) {
      this.error(error instanceof Problem ? error : new Problem('token_invalid'));
    }
  }

  /** Called with the payload of a token whose signature, issuer, audience and expiry hold. */
  validate(request: IncomingMessage, payload: unknown): Principal {
    return this.accessTokens.admit(bearerToken(request), payload);
  }
}

type KeyFound = (error: Error | null, key?: string) => void;
