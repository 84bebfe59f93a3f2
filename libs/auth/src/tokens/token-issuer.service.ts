import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Config } from '@app/config';
import { parseCustomClaims } from '@app/users';
import { SigningKeysService } from '../keys/signing-keys.service.js';
import type { AccessTokenClaims } from './access-token-claims.js';
import { AccessTokensService } from './access-tokens.service.js';
import { RefreshTokensService } from './refresh-tokens.service.js';
import type { TokenPairResponse } from './token-pair.dto.js';
import type { TokenSubject } from './token-subject.js';

/** Issues the tokens of sessions. */
@Injectable()
export class TokenIssuerService {
  constructor(
    private readonly config: Config,
    private readonly jwt: JwtService,
    private readonly signingKeys: SigningKeysService,
    private readonly accessTokens: AccessTokensService,
    private readonly refreshTokens: RefreshTokensService,
  ) {}

  /** Returns the access token and the refresh token of a session's current generation. */
  issue(session: TokenSubject): TokenPairResponse {
    const { JWT_ISSUER: iss, JWT_AUDIENCE: aud, ACCESS_TOKEN_TTL_SECONDS } = this.config;
    const now = Date.now();
    const iat = Math.floor(now / 1000);
    const refreshExp = Math.floor((now + session.lifeMs) / 1000);
    const common = { iss, aud, sub: session.userId, sid: session.id, iat };
    // Never beyond its session: the revocation of an expired session would not reach it.
    const accessExp = Math.min(iat + ACCESS_TOKEN_TTL_SECONDS, refreshExp);
    const access = { ...common, exp: accessExp, client_id: session.appid };
    const custom = parseCustomClaims(session.customClaims);
    const refresh = { ...common, exp: refreshExp, gen: session.generation };
    return {
      access: this.signAccess({ ...custom, ...access, jti: randomUUID(), token_type: 'access' }),
      refresh: this.refreshTokens.sign({ ...refresh, jti: randomUUID(), token_type: 'refresh' }),
      token_type: 'Bearer',
      expires_in: accessExp - iat,
      refresh_expires_in: refreshExp - iat,
    };
  }

  private signAccess(claims: AccessTokenClaims): string {
    const { id: keyId, algorithm, signWith } = this.signingKeys.current;
    const token = this.jwt.sign(claims, { privateKey: signWith, algorithm, keyid: keyId });
    const { sub: userId, sid: sessionId, client_id: appid, exp: expiresAtSeconds } = claims;
    this.accessTokens.remember(token, { userId, sessionId, appid, keyId, expiresAtSeconds });
    return token;
  }
}
