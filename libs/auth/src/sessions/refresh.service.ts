import { Injectable } from '@nestjs/common';
import { Problem } from '@app/problem';
import { AuthEvents, type ClientInfo } from '@app/audit';
import { type Rotation, SessionRotation } from './rotation.service.js';
import { Sessions } from './sessions.service.js';
import { RefreshTokens } from '../tokens/refresh-tokens.service.js';
import { type ObservedRefresh, REFRESHES } from './refreshes.js';
import { TokenIssuer } from '../tokens/token-issuer.service.js';
import type { TokenPair } from '../tokens/token-pair.dto.js';

const REFUSALS = {
  expired: 'refresh_token_expired',
  user_disabled: 'user_disabled',
  invalid: 'refresh_token_invalid',
  reused: 'refresh_token_reused',
} as const satisfies Record<Exclude<Rotation['outcome'], 'rotated' | 'repeated' | 'revoked'>, string>;

/** What a refresh token is good for: the next pair of tokens, or the end of its session. */
@Injectable()
export class RefreshService {
  constructor(
    private readonly refreshTokens: RefreshTokens,
    private readonly rotation: SessionRotation,
    private readonly sessions: Sessions,
    private readonly issuer: TokenIssuer,
    private readonly events: AuthEvents,
  ) {}

  /**
   * The next tokens of the session.
   * @param client who asks for them
   * @throws {Problem} `refresh_token_invalid`, `refresh_token_expired`, `refresh_token_reused`, `refresh_token_revoked`,
   * `user_disabled`
   */
  refresh(token: string, client: ClientInfo): Promise<TokenPair> {
    const observed: ObservedRefresh = {};
    return REFRESHES.tracePromise(() => this.rotate(token, client, observed), observed);
  }

  private async rotate(token: string, client: ClientInfo, observed: ObservedRefresh): Promise<TokenPair> {
    const { sub: userId, sid, gen } = this.refreshTokens.read(token);
    const rotation = await this.rotation.rotate(sid, gen);
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

  /** Ends the session of a refresh token. A token that is dead already needs no logout, so it is no error. */
  async logOut(token: string, client: ClientInfo): Promise<void> {
    const sid = this.sessionOf(token);
    if (sid !== undefined) await this.sessions.logOut(sid, client);
  }

  private sessionOf(token: string): string | undefined {
    try {
      return this.refreshTokens.read(token).sid;
    } catch (error) {
      if (error instanceof Problem) return undefined;
      throw error;
    }
  }
}
