import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '@app/config';
import { Database, databaseNow, Prepared } from '@app/database';
import { User } from '@app/users';
import { Revocations } from './revocation/revocations.service.js';
import type { TokenSubject } from '../tokens/token-subject.js';
import { revoke } from './revoke.js';
import { ENDED_BY, type EndedBy, type RevokedReason } from './revoked-reason.js';
import { Session } from './session.entity.js';

/** What became of a refresh token `(sid, gen)`. */
export type Rotation =
  | { outcome: 'rotated' | 'repeated' | 'reused'; session: TokenSubject }
  | { outcome: 'revoked'; endedBy: EndedBy; endedAt: number }
  | { outcome: 'expired' | 'user_disabled' | 'invalid' };

interface Row {
  user_id: string;
  appid: string;
  generation: number;
  parent: number | string;
  // Some drivers give a bigint as text.
  created_at: number | string;
  expires_at: number | string;
  revoked_at: number | string | null;
  revoked_reason: RevokedReason | null;
  disabled_at: number | string | null;
}

interface Advance {
  sid: string;
  gen: number;
  now: number;
  absoluteMs: number;
  idleEnd: number;
  graceMs: number;
}

/** SQL for the generation whose refresh made the present one. */
const PARENT = 'CASE WHEN parent_of = generation THEN parent_generation ELSE generation - 1 END';

/**
 * The one conditional UPDATE, of the live generation or of a parent that comes late: of any number of calls at once, one
 * changes the row.
 */
const ADVANCE = new Prepared(
  (manager, { now, ...parameters }: Advance) =>
    manager
      .createQueryBuilder()
      .update(Session)
      .set({
        parentGeneration: () => ':gen',
        // Before `generation`: MySQL evaluates assignments from left to right.
        parentOf: () => 'generation + 1',
        generation: () => 'generation + 1',
        // By the clock that all instances share: the grace is measured with it.
        rotatedAt: () => databaseNow(manager),
        lastUsedAt: now,
        expiresAt: () =>
          'CASE WHEN created_at + :absoluteMs < :idleEnd THEN created_at + :absoluteMs ELSE :idleEnd END',
      })
      .where('id = :sid AND revoked_at IS NULL AND expires_at > :now')
      .andWhere(
        `(generation = :gen OR (${PARENT} = :gen AND rotated_at < ${databaseNow(manager)} - :graceMs))`,
      )
      .andWhere('created_at + :absoluteMs > :now')
      .andWhere('NOT EXISTS (SELECT 1 FROM users WHERE users.id = user_id AND users.disabled_at IS NOT NULL)')
      .setParameters({ ...parameters, now }),
  'sid',
);

const READ = new Prepared((manager, where: { sid: string }) =>
  manager
    .createQueryBuilder(Session, 'session')
    .innerJoin(User, 'user', 'user.id = session.userId')
    .select([
      'session.userId AS user_id',
      'session.appid AS appid',
      'session.generation AS generation',
      `${PARENT} AS parent`,
      'session.createdAt AS created_at',
      'session.expiresAt AS expires_at',
      'session.revokedAt AS revoked_at',
      'session.revokedReason AS revoked_reason',
      'user.disabledAt AS disabled_at',
    ])
    .where('session.id = :sid', where),
);

/** The next generation of a session: each refresh token works once, and theft shows. */
@Injectable()
export class SessionRotation {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly revocations: Revocations,
  ) {}

  /**
   * Moves a session to its next generation. Nothing is thrown for a refused token: a revocation must be committed although
   * the call fails.
   *
   * - `rotated`: this call did it, with the live generation, or with its parent after the grace. The latter is a lost answer:
   *   the generation that was never shown is void from now on.
   * - `repeated`: the parent within the grace: a retry or a race. The session is the same child, never a branch.
   * - `reused`: a void generation, or one older than the parent. Two parties hold tokens of the session, which is revoked now.
   * - `revoked`: a person ended the session from elsewhere, `endedAt` in epoch milliseconds. Nothing changed.
   * - `expired`, `user_disabled`, `invalid` (ended, unknown, or newer than the row, as after a restored backup): nothing
   *   changed.
   * @see docs/adr/0019-a-lost-answer-is-no-theft.md
   */
  async rotate(sid: string, gen: number): Promise<Rotation> {
    const rotation = await this.attempt(sid, gen);
    if (rotation.outcome === 'reused') this.revocations.addSessions([sid]);
    return rotation;
  }

  private attempt(sid: string, gen: number): Promise<Rotation> {
    return this.database.write(async (manager) => {
      const now = this.database.clock.now();
      const rotated = await this.advance(manager, sid, gen, now);
      const [row] = await READ.rows<Row>(manager, { sid });
      if (!row) return { outcome: 'invalid' };
      if (row.revoked_at !== null) return endOf(row);
      if (row.disabled_at !== null) return { outcome: 'user_disabled' };
      const endsAt = Math.min(
        Number(row.expires_at),
        Number(row.created_at) + this.config.SESSION_TTL_SECONDS * 1000,
      );
      const session = {
        id: sid,
        userId: row.user_id,
        appid: row.appid,
        generation: row.generation,
        lifeMs: endsAt - now,
      };
      if (rotated) return { outcome: 'rotated', session };
      if (session.lifeMs <= 0) return { outcome: 'expired' };
      if (gen >= row.generation) return { outcome: 'invalid' };
      // It was within the grace when the UPDATE looked.
      if (gen === Number(row.parent)) return { outcome: 'repeated', session };
      await revoke(manager, { id: sid }, 'refresh_token_reused');
      return { outcome: 'reused', session };
    }, sid);
  }

  private async advance(manager: EntityManager, sid: string, gen: number, now: number): Promise<boolean> {
    const { REFRESH_TOKEN_IDLE_TTL_SECONDS, REFRESH_REUSE_GRACE_SECONDS, SESSION_TTL_SECONDS } = this.config;
    const changed = await ADVANCE.change(manager, {
      sid,
      gen,
      now,
      absoluteMs: SESSION_TTL_SECONDS * 1000,
      idleEnd: now + REFRESH_TOKEN_IDLE_TTL_SECONDS * 1000,
      graceMs: REFRESH_REUSE_GRACE_SECONDS * 1000,
    });
    return changed === 1;
  }
}

/** What a refresh of an ended session is answered with. */
function endOf({ revoked_at, revoked_reason }: Row): Rotation {
  const endedBy = revoked_reason === null ? undefined : ENDED_BY[revoked_reason];
  return endedBy ? { outcome: 'revoked', endedBy, endedAt: Number(revoked_at) } : { outcome: 'invalid' };
}
