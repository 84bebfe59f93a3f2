import { Injectable } from '@nestjs/common';
import { Problem } from '@app/problem';
import { AuthEventsService, type ClientInfo } from '@app/audit';
import { type Rotation, SessionRotationService } from './session-rotation.service.js';
import { SessionsService } from './sessions.service.js';
import { RefreshTokensService } from '../tokens/refresh-tokens.service.js';
import { type RefreshEvent, REFRESH_EVENTS } from './refresh-events.js';
import { TokenIssuerService } from '../tokens/token-issuer.service.js';
import type { TokenPairResponse } from '../tokens/token-pair.dto.js';

const REFUSALS = {
  expired: 'refresh_token_expired',
  user_disabled: 'user_disabled',
  invalid: 'refresh_token_invalid',
  reused: 'refresh_token_reused',
} as const satisfies Record<Exclude<Rotation['outcome'], 'rotated' | 'repeated' | 'revoked'>, string>;

/** Exchanges refresh tokens for new tokens, and logs out. */
@Injectable()
export class RefreshService {
  constructor(
    private readonly refreshTokens: RefreshTokensService,
    private readonly rotation: SessionRotationService,
    private readonly sessions: SessionsService,
    private readonly issuer: TokenIssuerService,
    private readonly events: AuthEventsService,
  ) {}

  /**
   * Returns the next tokens of the session.
   * @param client the sender of the request
   * @throws {Problem} `refresh_token_invalid`, `refresh_token_expired`, `refresh_token_reused`, `refresh_token_revoked`,
   * `user_disabled`
   */
  refresh(token: string, client: ClientInfo): Promise<TokenPairResponse> {
    const observed: RefreshEvent = {};
    return REFRESH_EVENTS.tracePromise(() => this.rotate(token, client, observed), observed);
  }

  private async rotate(
    token: string,
    client: ClientInfo,
    observed: RefreshEvent,
  ): Promise<TokenPairResponse> {
    const named = this.refreshTokens.read(token);
    const { sub: userId, sid } = named;
    const rotation = await this.rotation.rotate(named);
    if (rotation.outcome === 'reused') {
      const { userId: owner, appid } = rotation.session;
      this.events.record({ kind: 'refresh_token_reused', userId: owner, sessionId: sid, appid, client });
    }
    if (rotation.outcome === 'rotated' || rotation.outcome === 'repeated') {
      observed.outcome = rotation.outcome;
      return this.issuer.issue(rotation.session);
    }
    if (rotation.outcome === 'revoked') {
      const { endedBy, endedAt } = rotation;
      const members = { ended_by: endedBy, ended_at: new Date(endedAt).toISOString() };
      throw new Problem('refresh_token_revoked', { members, userId });
    }
    throw new Problem(REFUSALS[rotation.outcome], { userId });
  }

  /** Ends the session of a refresh token. An invalid or expired token is no error: it needs no logout. */
  async logOut(token: string, client: ClientInfo): Promise<void> {
    const sid = this.refreshTokens.sessionIdOf(token);
    if (sid !== undefined) await this.sessions.logOut(sid, client);
  }
}
