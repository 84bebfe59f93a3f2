import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Config } from '@app/config';
import { type DerivedKey, Keyring } from '@app/crypto';
import type { AccessTokenClaims } from './access-token-claims.js';
import type { Session } from '../sessions/session.entity.js';
import { SigningKeys } from '../keys/signing-keys.service.js';

/** The tokens of one session, as the wire has them (RFC 6749 section 5.1). */
export interface TokenPair {
  access: string;
  refresh: string;
  token_type: 'Bearer';
  /** Seconds until `access` expires. */
  expires_in: number;
  /** Seconds until `refresh` expires. */
  refresh_expires_in: number;
}

/** Signs the tokens of sessions. */
@Injectable()
export class TokenIssuer {
  private readonly refreshKey: DerivedKey;

  constructor(
    private readonly config: Config,
    private readonly jwt: JwtService,
    private readonly signingKeys: SigningKeys,
    keyring: Keyring,
  ) {
    this.refreshKey = keyring.keysFor('refresh-token')[0];
  }

  /** The access token and the refresh token of a session's present generation. */
  issue(session: Session): TokenPair {
    const iat = Math.floor(Date.now() / 1000);
    const refreshExp = Math.floor(session.expiresAt / 1000);
    const exp = iat + this.config.accessTokenTtlSeconds;
    return {
      access: this.access(session, iat, exp),
      refresh: this.refresh(session, iat, refreshExp),
      token_type: 'Bearer',
      expires_in: exp - iat,
      refresh_expires_in: refreshExp - iat,
    };
  }

  private access(session: Session, iat: number, exp: number): string {
    const { id, algorithm, signWith } = this.signingKeys.current;
    const claims: AccessTokenClaims = {
      ...this.common(session, iat, exp),
      token_type: 'access',
      client_id: session.appid,
    };
    return this.jwt.sign(claims, { privateKey: signWith, algorithm, keyid: id });
  }

  /** HS256: nobody but this service reads it, and it means nothing without the row of the session. */
  private refresh(session: Session, iat: number, exp: number): string {
    const { id, key } = this.refreshKey;
    const claims = {
      ...this.common(session, iat, exp),
      gen: session.generation,
      token_type: 'refresh',
    };
    return this.jwt.sign(claims, { privateKey: key, algorithm: 'HS256', keyid: id });
  }

  private common(session: Session, iat: number, exp: number) {
    const { jwtIssuer: iss, jwtAudience: aud } = this.config;
    return { iss, aud, sub: session.userId, sid: session.id, jti: randomUUID(), iat, exp };
  }
}
