import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, MoreThan, Not, type FindOptionsWhere, type Repository } from 'typeorm';
import { Database } from '@app/database';
import type { Principal } from '../guard/principal.js';
import { Revocations } from '../revocation/revocations.service.js';
import { revoke } from './revoke.js';
import type { RevokedReason } from './revoked-reason.js';
import { Session } from './session.entity.js';

/** The live sessions of a user. */
@Injectable()
export class Sessions {
  constructor(
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
    private readonly database: Database,
    private readonly revocations: Revocations,
  ) {}

  /** The newest first. */
  list(userId: string): Promise<Session[]> {
    return this.sessions.find({
      where: { userId, revokedAt: IsNull(), expiresAt: MoreThan(Date.now()) },
      order: { lastUsedAt: 'DESC', id: 'DESC' },
    });
  }

  /**
   * Ends one session of the user.
   * @returns false where the user has no such live session
   */
  async end(userId: string, sessionId: string): Promise<boolean> {
    const where = { id: sessionId, userId, expiresAt: MoreThan(Date.now()) };
    return (await this.endWhere(where, 'ended_by_user')) > 0;
  }

  /** Ends every session of the user but the one the request comes from. */
  async endOthers({ userId, sessionId }: Principal): Promise<void> {
    await this.endWhere({ userId, id: Not(sessionId) }, 'ended_by_user');
  }

  /** Ends the session a refresh token names, whatever its generation; unknown and ended ones are left as they are. */
  async logOut(sessionId: string): Promise<void> {
    await this.endWhere({ id: sessionId }, 'logout');
  }

  private async endWhere(where: FindOptionsWhere<Session>, reason: RevokedReason): Promise<number> {
    const ids = await this.database.write(async (manager) => {
      const live = await manager.find(Session, {
        select: { id: true },
        where: { ...where, revokedAt: IsNull() },
      });
      await revoke(manager, where, reason);
      return live.map(({ id }) => id);
    });
    this.revocations.addSessions(ids);
    return ids.length;
  }
}
