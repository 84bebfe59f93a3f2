import { Injectable } from '@nestjs/common';
import { Problem } from '@app/problem';
import { RevocationsService } from '../sessions/revocation/revocations.service.js';
import type { AccessTokenClaims } from '../tokens/access-token-claims.js';
import { AccessTokensService } from '../tokens/access-tokens.service.js';

/** Checks access tokens on behalf of other back ends. */
@Injectable()
export class LiveTokensService {
  constructor(
    private readonly accessTokens: AccessTokensService,
    private readonly revocations: RevocationsService,
  ) {}

  /**
   * Returns the claims of an access token that the guard accepts, and undefined for any other text.
   * @throws {Problem} `database_unavailable` while it cannot be known whether the token is revoked
   */
  async claimsOf(token: string): Promise<AccessTokenClaims | undefined> {
    try {
      await this.revocations.assertLive(await this.accessTokens.verify(token));
    } catch (error) {
      if (error instanceof Problem && error.status < 500) return undefined;
      throw error;
    }
    const [, payload = ''] = token.split('.');
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as AccessTokenClaims;
  }
}
