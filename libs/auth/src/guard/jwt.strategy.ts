import type { KeyObject } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { LRUCache } from 'lru-cache';
import { Strategy } from 'passport-jwt';
import { Config } from '@app/config';
import { Problem } from '@app/problem';
import { principalOf } from '../tokens/access-token-claims.js';
import { bearerToken } from './bearer-token.js';
import type { Principal } from './principal.js';
import { SigningKeys } from '../keys/signing-keys.service.js';
import { tokenHeader } from '../tokens/token-header.js';

/** About 1 KB each. */
const REMEMBERED_TOKENS = 20_000;

/** Turns the access token of a request into a {@link Principal}, without I/O. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  // A hot path: checking an ES256 signature costs about 70 µs, remembering a token that was checked about 1 µs.
  private readonly remembered = new LRUCache<string, Principal>({ max: REMEMBERED_TOKENS });
  private readonly ttlSeconds: number;

  constructor(config: Config, signingKeys: SigningKeys) {
    super({
      jwtFromRequest: bearerToken,
      secretOrKeyProvider: (_request: IncomingMessage, token: string, done: KeyFound) => {
        const header = tokenHeader(token);
        const key = header && signingKeys.find(header.kid);
        // The types know only text and bytes; jsonwebtoken takes KeyObjects.
        if (key && key.algorithm === header.alg) done(null, key.verifyWith as KeyObject & string);
        else done(new Problem('token_invalid'));
      },
      // Here and not in jsonWebTokenOptions, which passport-jwt overwrites with undefined.
      algorithms: [config.jwtAlgorithm],
      issuer: config.jwtIssuer,
      audience: config.jwtAudience,
      passReqToCallback: true,
    });
    this.ttlSeconds = config.accessTokenTtlSeconds;
  }

  /** Passport's entry: a token seen before is not verified anew. */
  override authenticate(request: IncomingMessage): void {
    try {
      const known = this.remembered.get(bearerToken(request));
      if (known && known.expiresAtSeconds > Date.now() / 1000) this.success(known);
      else super.authenticate(request as Parameters<Strategy['authenticate']>[0]);
    } catch (error) {
      // jsonwebtoken throws bare errors at some malformed tokens: nothing thrown here is a fault of the service.
      this.error(error instanceof Problem ? error : new Problem('token_invalid'));
    }
  }

  /** Called with the payload of a token whose signature, issuer, audience and expiry hold. */
  validate(request: IncomingMessage, payload: unknown): Principal {
    const principal = principalOf(payload, this.ttlSeconds);
    this.remembered.set(bearerToken(request), principal);
    return principal;
  }
}

type KeyFound = (error: Error | null, key?: string) => void;
