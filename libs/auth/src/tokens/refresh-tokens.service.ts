import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { LRUCache } from 'lru-cache';
import { Config } from '@app/config';
import { type DerivedKey, KeyringService } from '@app/crypto';
import { Problem } from '@app/problem';
import { tokenHeader } from './token-header.js';

/** About 1 KB each. */
const REMEMBERED_TOKENS = 1000;

/** The claims of a refresh token. It means nothing without the row of its session. */
export interface RefreshTokenClaims {
  iss: string;
  aud: string;
  /** User id; who is signed in is the row's user, not this. */
  sub: string;
  /** Session id. */
  sid: string;
  /** Generation: how often the session had been refreshed when this token was issued. */
  gen: number;
  jti: string;
  /** Epoch seconds, like {@link exp}. */
  iat: number;
  exp: number;
  token_type: 'refresh';
}

/** Signs and reads refresh tokens: HS256, because nobody but this service ever reads one. */
@Injectable()
export class RefreshTokens {
  private readonly current: DerivedKey;
  private readonly accepted: ReadonlyMap<string, KeyObject>;
  /** The limit and the route both read the token of a call, and a retry reads it again. */
  private readonly remembered = new LRUCache<string, RefreshTokenClaims>({ max: REMEMBERED_TOKENS });

  constructor(
    private readonly config: Config,
    private readonly jwt: JwtService,
    keyring: KeyringService,
  ) {
    const keys = keyring.keysFor('refresh-token');
    this.current = keys[0];
    this.accepted = new Map(keys.map(({ id, key }) => [id, key]));
  }

  sign(claims: RefreshTokenClaims): string {
    return this.jwt.sign(claims, {
      privateKey: this.current.key,
      algorithm: 'HS256',
      keyid: this.current.id,
    });
  }

  /**
   * Reads a token; says nothing about its session.
   * @throws {Problem} `refresh_token_expired`, else `refresh_token_invalid`
   */
  read(token: string): RefreshTokenClaims {
    const known = this.remembered.get(token);
    if (known && known.exp > Date.now() / 1000) return known;
    const header = tokenHeader(token);
    const key = header?.alg === 'HS256' ? this.accepted.get(header.kid) : undefined;
    const payload = key && this.verify(token, key);
    if (!isRefreshTokenClaims(payload)) throw new Problem('refresh_token_invalid');
    this.remembered.set(token, payload);
    return payload;
  }

  private verify(token: string, key: KeyObject): unknown {
    try {
      return this.jwt.verify(token, {
        // The types know only text and bytes; jsonwebtoken takes KeyObjects.
        publicKey: key as KeyObject & string,
        algorithms: ['HS256'],
        issuer: this.config.JWT_ISSUER,
        audience: this.config.JWT_AUDIENCE,
      });
    } catch (error) {
      const expired = error instanceof Error && error.name === 'TokenExpiredError';
      throw new Problem(expired ? 'refresh_token_expired' : 'refresh_token_invalid');
    }
  }
}

function isRefreshTokenClaims(payload: unknown): payload is RefreshTokenClaims {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return false;
  const claims = payload as Record<string, unknown>;
  return (
    ['iss', 'aud', 'sub', 'sid', 'jti'].every((name) => typeof claims[name] === 'string') &&
    ['iat', 'exp', 'gen'].every((name) => Number.isSafeInteger(claims[name])) &&
    claims['token_type'] === 'refresh'
  );
}
