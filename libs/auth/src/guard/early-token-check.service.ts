import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { RevocationsService } from '../sessions/revocation/revocations.service.js';
import { AccessTokensService } from '../tokens/access-tokens.service.js';
import { bearerToken } from './bearer-token.js';

/**
 * Checks the access token of a request before its body is read, so that a body without a valid token is not parsed. This
 * only refuses early: the guard checks every request again, and does not depend on it.
 */
@Injectable()
export class EarlyTokenCheckService {
  constructor(
    private readonly accessTokens: AccessTokensService,
    private readonly revocations: RevocationsService,
  ) {}

  /**
   * Runs the checks of the guard.
   * @throws {Problem} like the guard
   */
  async check(request: IncomingMessage): Promise<void> {
    await this.revocations.assertLive(await this.accessTokens.verify(bearerToken(request)));
  }
}
