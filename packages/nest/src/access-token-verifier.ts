import { Inject, Injectable } from '@nestjs/common';
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify, type JWTVerifyOptions } from 'jose';
import { type AccessTokenClaims, isAccessToken } from './access-token-claims.js';
import { AccessTokenRefused } from './errors.js';
import { OutageReport } from './outage-report.js';
import { type CheckedOptions, PASSPORT_OPTIONS } from './passport-options.js';

/** As long as the service allows in `Cache-Control`: a compromised key must disappear. An unknown key is looked up earlier. */
const KEYS_MAX_AGE_MS = 300_000;

/** Verifies access tokens with the public keys of the service. */
@Injectable()
export class AccessTokenVerifier {
  private readonly keys: JWTVerifyGetKey;
  private readonly rules: JWTVerifyOptions;

  constructor(@Inject(PASSPORT_OPTIONS) { issuer, audience, jwksUri, timeoutMs }: CheckedOptions) {
    this.keys = keysAt(jwksUri, timeoutMs);
    this.rules = { algorithms: ['ES256'], issuer, audience, requiredClaims: ['exp', 'iat'] };
  }

  /**
   * Returns the claims of a valid access token. Does not know whether its session has ended.
   * @throws {AccessTokenRefused} `token_expired`, else `token_invalid`
   * @throws {PassportUnavailable} if the keys cannot be fetched
   */
  async verify(token: string): Promise<AccessTokenClaims> {
    const payload = await this.payloadOf(token);
    if (!isAccessToken(payload)) throw new AccessTokenRefused('token_invalid');
    return payload as unknown as AccessTokenClaims;
  }

  private async payloadOf(token: string): Promise<Record<string, unknown>> {
    try {
      return (await jwtVerify(token, this.keys, this.rules)).payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new AccessTokenRefused('token_expired');
      if (error instanceof errors.JOSEError) throw new AccessTokenRefused('token_invalid');
      throw error;
    }
  }
}

/** Returns the look-up of jose, made to distinguish an unknown key from keys that cannot be fetched. */
function keysAt(url: string, timeoutMs: number): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(new URL(url), {
    cacheMaxAge: KEYS_MAX_AGE_MS,
    timeoutDuration: timeoutMs,
  });
  const outage = new OutageReport('keys_unavailable', url);
  return async (header, token) => {
    try {
      const key = await remote(header, token);
      outage.succeeded();
      return key;
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
        throw error;
      throw outage.failed(error);
    }
  };
}
