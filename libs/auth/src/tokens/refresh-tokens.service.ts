import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { LRUCache } from 'lru-cache';
import { Config } from '@app/config';
import { type DerivedKey, KeyringService } from '@app/crypto';
import { Problem } from '@app/problem';
import { hasClaims } from './has-claims.js';
import { tokenHeader } from './token-header.js';
import { verifyJwt } from './verify-jwt.js';

/** About 1 KB each. */
const REMEMBERED_TOKENS = 1000;

const PROBLEMS = { expired: 'refresh_token_expired', invalid: 'refresh_token_invalid' } as const;

/** The claims of a refresh token, which is invalid without the row of its session. */
export interface RefreshTokenClaims {
  iss: string;
  aud: string;
  /** User id, for the log. The user of the session is that of its row. */
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

/** Signs and reads refresh tokens: HS256, because only this service reads them. */
@Injectable()
export class RefreshTokensService {
  private readonly current: DerivedKey;
  private readonly accepted: ReadonlyMap<string, KeyObject>;
  /** The rate limit and the route both read the token of a request, and a retry reads it again. */
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
   * Reads the claims of a token. Does not check its session.
   * @throws {Problem} `refresh_token_expired`, else `refresh_token_invalid`
   */
  read(token: string): RefreshTokenClaims {
    const known = this.remembered.get(token);
    if (known && known.exp > Date.now() / 1000) return known;
    const header = tokenHeader(token);
    const verifyWith = header?.alg === 'HS256' ? this.accepted.get(header.kid) : undefined;
    const payload =
      verifyWith && verifyJwt(this.jwt, this.config, token, { algorithm: 'HS256', verifyWith }, PROBLEMS);
    if (!hasClaims<RefreshTokenClaims>(payload, 'refresh', ['jti'], ['gen']))
      throw new Problem('refresh_token_invalid');
    this.remembered.set(token, payload);
    return payload;
  }

  /** Returns the session id of a token; undefined if {@link read} refuses it. */
  sessionIdOf(token: string): string | undefined {
    try {
      return this.read(token).sid;
    } catch (error) {
      if (error instanceof Problem) return undefined;
      throw error;
    }
  }
}
