import { randomUUID, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { tokenHeader, verifyJwt } from '@app/auth';
import { Config } from '@app/config';
import { type DerivedKey, KeyringService } from '@app/crypto';
import { Problem } from '@app/problem';
import type { LiveAccount } from '../service-accounts/live-accounts.service.js';
import type { Scope } from '../service-accounts/scope.js';

/** Lifetime of a service token in seconds. */
export const SERVICE_TOKEN_TTL_SECONDS = 300;
const AUDIENCE = 'weapp-passport-admin';
const PROBLEMS = { expired: 'token_expired', invalid: 'token_invalid' } as const;

/** The claims of a service token. */
export interface ServiceTokenClaims {
  iss: string;
  aud: typeof AUDIENCE;
  /** The service account, like {@link client_id}. */
  sub: string;
  client_id: string;
  /** Separated by spaces. */
  scope: string;
  jti: string;
  /** Epoch seconds, like {@link exp}. */
  iat: number;
  exp: number;
  token_type: 'service';
}

/**
 * Signs and verifies the tokens of service accounts: HS256 under a key of their own, because only this service reads them.
 * No verifier with the JWKS can take one for the token of a user.
 */
@Injectable()
export class ServiceTokensService {
  private readonly current: DerivedKey;
  private readonly accepted: ReadonlyMap<string, KeyObject>;
  private readonly expected: Pick<Config, 'JWT_ISSUER' | 'JWT_AUDIENCE'>;

  constructor(
    config: Config,
    private readonly jwt: JwtService,
    keyring: KeyringService,
  ) {
    const keys = keyring.keysFor('service-token');
    this.current = keys[0];
    this.accepted = new Map(keys.map(({ id, key }) => [id, key]));
    this.expected = { JWT_ISSUER: config.JWT_ISSUER, JWT_AUDIENCE: AUDIENCE };
  }

  sign({ clientId }: LiveAccount, scopes: readonly Scope[]): string {
    const iat = Math.floor(Date.now() / 1000);
    const claims: ServiceTokenClaims = {
      iss: this.expected.JWT_ISSUER,
      aud: AUDIENCE,
      sub: clientId,
      client_id: clientId,
      scope: scopes.join(' '),
      jti: randomUUID(),
      iat,
      exp: iat + SERVICE_TOKEN_TTL_SECONDS,
      token_type: 'service',
    };
    const { key: privateKey, id: keyid } = this.current;
    return this.jwt.sign(claims, { privateKey, algorithm: 'HS256', keyid });
  }

  /**
   * Returns the claims of a token. Does not check its account.
   * @throws {Problem} `token_expired`, else `token_invalid`
   */
  verify(token: string): ServiceTokenClaims {
    const header = tokenHeader(token);
    const verifyWith = header?.alg === 'HS256' ? this.accepted.get(header.kid) : undefined;
    const claims =
      verifyWith && verifyJwt(this.jwt, this.expected, token, { algorithm: 'HS256', verifyWith }, PROBLEMS);
    if (!isServiceToken(claims)) throw new Problem('token_invalid');
    return claims;
  }
}

function isServiceToken(payload: unknown): payload is ServiceTokenClaims {
  if (typeof payload !== 'object' || payload === null) return false;
  const { client_id, scope, iat, exp, token_type } = payload as Partial<Record<string, unknown>>;
  return (
    token_type === 'service' &&
    typeof client_id === 'string' &&
    typeof scope === 'string' &&
    Number.isSafeInteger(exp) &&
    Number(exp) - Number(iat) <= SERVICE_TOKEN_TTL_SECONDS
  );
}
