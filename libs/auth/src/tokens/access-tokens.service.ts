import type { KeyObject } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { LRUCache } from 'lru-cache';
import { Config } from '@app/config';
import { Problem } from '@app/problem';
import type { Principal } from '../principal.js';
import { SigningKeys } from '../keys/signing-keys.service.js';
import type { TokenKey } from '../keys/token-key.js';
import { principalOf } from './access-token-claims.js';
import { tokenHeader } from './token-header.js';

/** About 1 KB each. */
const REMEMBERED_TOKENS = 20_000;

/** Verifies access tokens: the one verifier of the service, used by Passport's strategy and by `/api/token/verify/`. */
@Injectable()
export class AccessTokens {
  private readonly logger = new Logger(AccessTokens.name);
  private hasWarned = false;
  // A hot path: checking an ES256 signature costs about 70 µs, remembering a token that was checked about 1 µs.
  private readonly remembered = new LRUCache<string, Principal>({ max: REMEMBERED_TOKENS });

  constructor(
    private readonly config: Config,
    private readonly jwt: JwtService,
    private readonly signingKeys: SigningKeys,
  ) {}

  /** Returns the principal of a live token that this instance has verified or issued before. */
  private recall(token: string): Principal | undefined {
    const principal = this.remembered.get(token);
    if (!principal || principal.expiresAtSeconds <= Date.now() / 1000) return undefined;
    return this.signingKeys.has(principal.keyId) ? principal : undefined;
  }

  /** Returns the key that must have signed a token; undefined if its header is not one of ours. */
  private async keyOf(token: string): Promise<TokenKey | undefined> {
    const header = tokenHeader(token);
    const key = header && (await this.signingKeys.find(header.kid));
    return key?.algorithm === header?.alg ? key : undefined;
  }

  /** Stores a token that this instance has just issued, so that its signature need not be verified. */
  remember(token: string, principal: Principal): void {
    this.remembered.set(token, principal);
  }

  /** Returns the principal of a payload whose signature, issuer, audience and expiry hold, and stores the token. */
  private admit(token: string, payload: unknown): Principal {
    const keyId = tokenHeader(token)?.kid ?? '';
    const { ACCESS_TOKEN_TTL_SECONDS } = this.config;
    const claims = principalOf(payload, ACCESS_TOKEN_TTL_SECONDS, (seconds) => {
      this.warnOfClocks(seconds);
    });
    const principal = { ...claims, keyId };
    this.remember(token, principal);
    return principal;
  }

  /**
   * Verifies an access token and returns its principal. Does no I/O, and does not check revocation.
   * @throws {Problem} `token_expired`, else `token_invalid`
   */
  async verify(token: string): Promise<Principal> {
    const known = this.recall(token);
    if (known) return known;
    const key = await this.keyOf(token);
    if (!key) throw new Problem('token_invalid');
    return this.admit(token, this.check(token, key));
  }

  /** Once: it may be every token of another instance. */
  private warnOfClocks(seconds: number): void {
    if (this.hasWarned) return;
    this.hasWarned = true;
    this.logger.warn(
      `an access token with a good signature was issued ${Math.round(seconds)} s in the future and is refused with 401: the clock ` +
        'of this machine is behind, or that of the instance that issued it is ahead. Turn time synchronisation on. ' +
        'This is logged once',
    );
  }

  private check(token: string, { algorithm, verifyWith }: TokenKey): unknown {
    const { JWT_ISSUER: issuer, JWT_AUDIENCE: audience } = this.config;
    // The types know only text and bytes; jsonwebtoken takes KeyObjects.
    const publicKey = verifyWith as KeyObject & string;
    try {
      return this.jwt.verify(token, { publicKey, algorithms: [algorithm], issuer, audience });
    } catch (error) {
      throw new Problem(
        error instanceof Error && error.name === 'TokenExpiredError' ? 'token_expired' : 'token_invalid',
      );
    }
  }
}
