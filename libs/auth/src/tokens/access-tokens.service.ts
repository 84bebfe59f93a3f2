import { Injectable, Logger } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { LRUCache } from 'lru-cache';
import { Config } from '@app/config';
import { Problem } from '@app/problem';
import type { Principal } from '../principal.js';
import { SigningKeysService } from '../keys/signing-keys.service.js';
import { principalOf } from './access-token-claims.js';
import { tokenHeader } from './token-header.js';
import { verifyJwt } from './verify-jwt.js';

/** About 1 KB each; tokens with custom claims have up to 3 KB more. */
const REMEMBERED_TOKENS = 20_000;
const REMEMBERED_BYTES = 16 * 1024 * 1024;
/** Of a principal and its entry, about. */
const ENTRY_BYTES = 400;

const PROBLEMS = { expired: 'token_expired', invalid: 'token_invalid' } as const;

/** Verifies access tokens: the one verifier of the service, used by Passport's strategy and by `/api/token/verify/`. */
@Injectable()
export class AccessTokensService {
  private readonly logger = new Logger(AccessTokensService.name);
  private hasWarned = false;
  // A hot path: verifying an ES256 signature takes about 70 µs, finding a token here about 1 µs.
  private readonly remembered = new LRUCache<string, Principal>({
    max: REMEMBERED_TOKENS,
    maxSize: REMEMBERED_BYTES,
    sizeCalculation: (_principal, token) => token.length + ENTRY_BYTES,
  });

  constructor(
    private readonly config: Config,
    private readonly jwt: JwtService,
    private readonly signingKeys: SigningKeysService,
  ) {}

  /** Returns the principal of a live token that this instance has verified or issued before. */
  private findRemembered(token: string): Principal | undefined {
    const principal = this.remembered.get(token);
    if (!principal || principal.expiresAtSeconds <= Date.now() / 1000) return undefined;
    return this.signingKeys.has(principal.keyId) ? principal : undefined;
  }

  /** Stores a token that this instance has just issued, so that its signature need not be verified. */
  remember(token: string, principal: Principal): void {
    this.remembered.set(token, principal);
  }

  /**
   * Verifies an access token and returns its principal: immediately if this instance knows the token. Does no I/O, and
   * does not check revocation.
   * @throws {Problem} `token_expired`, else `token_invalid`
   */
  verify(token: string): Principal | Promise<Principal> {
    return this.findRemembered(token) ?? this.verifySignature(token);
  }

  private async verifySignature(token: string): Promise<Principal> {
    const header = tokenHeader(token);
    const key = header && (await this.signingKeys.find(header.kid));
    if (!key || key.algorithm !== header.alg) throw new Problem('token_invalid');
    const payload = verifyJwt(this.jwt, this.config, token, key, PROBLEMS);
    const claims = principalOf(payload, this.config.ACCESS_TOKEN_TTL_SECONDS, (seconds) => {
      this.warnOfClocks(seconds);
    });
    const principal = { ...claims, keyId: header.kid };
    this.remember(token, principal);
    return principal;
  }

  /** Logs once: it may concern every token of another instance. */
  private warnOfClocks(seconds: number): void {
    if (this.hasWarned) return;
    this.hasWarned = true;
    this.logger.warn(
      `an access token with a valid signature was issued ${Math.round(seconds)} s in the future and is refused with 401: the clock ` +
        'of this machine is behind, or that of the instance that issued it is ahead. Turn time synchronisation on. ' +
        'This is logged once',
    );
  }
}
