import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '@app/config';
import { Database, databaseNow, Prepared } from '@app/database';
import { OutboxService } from '@app/outbox';
import { DeletedUser, disabledSinceSql, User } from '@app/users';
import { RevocationsService } from './revocation/revocations.service.js';
import type { RefreshTokenClaims } from '../tokens/refresh-tokens.service.js';
import type { TokenSubject } from '../tokens/token-subject.js';
import { revokeSession } from './revoke-sessions.js';
import { ENDED_BY, type EndedBy, type RevokedReason } from './revoked-reason.js';
import { dayOf, Session } from './session.entity.js';

/** The outcome of a refresh with the token `(sid, gen)`. */
export type Rotation =
  | { outcome: 'rotated' | 'repeated' | 'reused'; session: TokenSubject }
  | { outcome: 'revoked'; endedBy: EndedBy; endedAt: number }
  | { outcome: 'expired' | 'user_disabled' | 'invalid' };

/** What the tokens of a session need of its row and of its user's. */
interface SubjectRow {
  user_id: string;
  appid: string;
  generation: number;
  // Some drivers return a bigint as text.
  created_at: number | string;
  expires_at: number | string;
  custom_claims: string | null;
}

interface Row extends SubjectRow {
  parent: number | string;
  revoked_at: number | string | null;
  revoked_reason: RevokedReason | null;
  disabled_at: number | string | null;
  last_used_day: number | null;
}

interface Advance {
  sid: string;
  gen: number;
  now: number;
  absoluteMs: number;
  idleEnd: number;
  graceMs: number;
}

/** SQL for the generation whose refresh made the current one. */
const PARENT = 'CASE WHEN parent_of = generation THEN parent_generation ELSE generation - 1 END';

/**
 * Advances a session from its live generation, or from its parent after the grace, in one conditional UPDATE: of any number
 * of concurrent calls, one changes the row.
 */
function advance(
  manager: EntityManager,
  { now, ...parameters }: Advance,
  values: { lastUsedDay?: number } = {},
) {
  return manager
    .createQueryBuilder()
    .update(Session)
    .set({
      ...values,
      parentGeneration: () => ':gen',
      // Before `generation`: MySQL evaluates assignments from left to right.
      parentOf: () => 'generation + 1',
      generation: () => 'generation + 1',
      // By the database's clock, which all instances share, because the grace is measured with it.
      rotatedAt: () => databaseNow(manager),
      lastUsedAt: now,
      expiresAt: () =>
        'CASE WHEN created_at + :absoluteMs < :idleEnd THEN created_at + :absoluteMs ELSE :idleEnd END',
    })
    .where('id = :sid AND revoked_at IS NULL AND expires_at > :now')
    .andWhere(`(generation = :gen OR (${PARENT} = :gen AND rotated_at < ${databaseNow(manager)} - :graceMs))`)
    .andWhere('created_at + :absoluteMs > :now')
    .andWhere(
      'NOT EXISTS (SELECT 1 FROM users WHERE users.id = user_id AND users.disabled_at IS NOT NULL ' +
        `AND (users.disabled_until IS NULL OR users.disabled_until > ${databaseNow(manager)}))`,
    )
    .setParameters({ ...parameters, now });
}

const ADVANCE = new Prepared(advance);

/** The same as a whole write: for PostgreSQL. */
const ADVANCE_ALONE = new Prepared((manager, { day, ...parameters }: Advance & { day: number }) =>
  advance(manager, parameters, { lastUsedDay: day }).returning(
    'user_id, appid, generation, created_at, expires_at, ' +
      '(SELECT custom_claims FROM users WHERE users.id = user_id) AS custom_claims',
  ),
);

/** Once a day, because SQLite writes the index of a column that an UPDATE names. */
const SET_DAY = new Prepared((manager, { sid, day }: { sid: string; day: number }) =>
  manager
    .createQueryBuilder()
    .update(Session)
    .set({ lastUsedDay: day })
    .where('id = :sid')
    .setParameters({ sid }),
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
      `${disabledSinceSql(manager)} AS disabled_at`,
      'user.customClaims AS custom_claims',
      'session.lastUsedDay AS last_used_day',
    ])
    .where('session.id = :sid', where),
);

/** Rotates refresh tokens: each works once, and reuse of an older one ends the session. */
@Injectable()
export class SessionRotationService {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly revocations: RevocationsService,
    private readonly outbox: OutboxService,
  ) {}

  /**
   * Moves a session to its next generation. A refused token is an outcome and not an error, because the revocation must be
   * committed although the call fails.
   *
   * - `rotated`: this call rotated the session, with the live generation, or with its parent after the grace. The latter is a
   *   lost answer: the generation that the client never used is invalid from now on.
   * - `repeated`: the parent within the grace, which is a retry or a race. The result is the same generation, never a branch.
   * - `reused`: an invalidated generation, or one older than the parent. Two parties hold tokens of the session: it is revoked.
   * - `revoked`: a person ended the session from another device, or the account; `endedAt` in epoch milliseconds. Nothing is changed.
   * - `expired`, `user_disabled`, `invalid` (ended, unknown, or newer than the row, as after a restored backup): nothing is
   *   changed.
   * @see docs/adr/0019-a-lost-answer-is-no-theft.md
   */
  async rotate({ sub, sid, gen }: Pick<RefreshTokenClaims, 'sub' | 'sid' | 'gen'>): Promise<Rotation> {
    const rotation = (await this.advanceAlone(sid, gen)) ?? (await this.attempt(sub, sid, gen));
    if (rotation.outcome === 'reused') this.revocations.addSessions([sid]);
    return rotation;
  }

  private attempt(userId: string, sid: string, gen: number): Promise<Rotation> {
    return this.database.write(async (manager) => {
      const now = this.database.clock.now();
      const rotated = (await ADVANCE.change(manager, this.nextOf(sid, gen, now))) === 1;
      const [row] = await READ.rows<Row>(manager, { sid });
      if (!row) return endOfUser(manager, userId);
      if (row.revoked_at !== null) return endOf(row);
      if (row.disabled_at !== null) return { outcome: 'user_disabled' };
      const session = this.subjectOf(sid, row, now);
      if (rotated) {
        const day = dayOf(now);
        if (row.last_used_day !== day) await SET_DAY.change(manager, { sid, day });
        return { outcome: 'rotated', session };
      }
      if (session.lifeMs <= 0) return { outcome: 'expired' };
      if (gen >= row.generation) return { outcome: 'invalid' };
      // The UPDATE found it within the grace.
      if (gen === Number(row.parent)) return { outcome: 'repeated', session };
      if (await this.endReused(manager, session)) return { outcome: 'reused', session };
      // Another write has ended it since it was read.
      const [ended] = await READ.rows<Row>(manager, { sid });
      return ended ? endOf(ended) : endOfUser(manager, userId);
    }, sid);
  }

  /** Ends a session and reports the reuse. @returns false if another write has ended the session first */
  private async endReused(manager: EntityManager, { id, userId, appid }: TokenSubject): Promise<boolean> {
    if (!(await revokeSession(manager, this.outbox, { id, userId, appid }, 'refresh_token_reused')))
      return false;
    const data = { user_id: userId, session_id: id, appid };
    await this.outbox.append(manager, { kind: 'refresh_token.reused', data });
    return true;
  }

  /** Rotates in one statement where the database can. @returns undefined if nothing was changed */
  private async advanceAlone(sid: string, gen: number): Promise<Rotation | undefined> {
    const now = this.database.clock.now();
    const parameters = { ...this.nextOf(sid, gen, now), day: dayOf(now) };
    const rows = await this.database.writeAlone((manager) =>
      ADVANCE_ALONE.returned<SubjectRow>(manager, parameters),
    );
    const [row] = rows ?? [];
    return row && { outcome: 'rotated', session: this.subjectOf(sid, row, now) };
  }

  private nextOf(sid: string, gen: number, now: number): Advance {
    const { REFRESH_TOKEN_IDLE_TTL_SECONDS, REFRESH_REUSE_GRACE_SECONDS, SESSION_TTL_SECONDS } = this.config;
    return {
      sid,
      gen,
      now,
      absoluteMs: SESSION_TTL_SECONDS * 1000,
      idleEnd: now + REFRESH_TOKEN_IDLE_TTL_SECONDS * 1000,
      graceMs: REFRESH_REUSE_GRACE_SECONDS * 1000,
    };
  }

  private subjectOf(id: string, row: SubjectRow, now: number): TokenSubject {
    const absoluteEnd = Number(row.created_at) + this.config.SESSION_TTL_SECONDS * 1000;
    return {
      id,
      userId: row.user_id,
      appid: row.appid,
      generation: row.generation,
      lifeMs: Math.min(Number(row.expires_at), absoluteEnd) - now,
      customClaims: row.custom_claims,
    };
  }
}

/** Returns the outcome for a session that is unknown, or whose user is. */
async function endOfUser(manager: EntityManager, userId: string): Promise<Rotation> {
  const deleted = await manager.findOneBy(DeletedUser, { userId });
  return deleted
    ? { outcome: 'revoked', endedBy: 'deletion', endedAt: deleted.deletedAt }
    : { outcome: 'invalid' };
}

/** Returns the outcome for an ended session. */
function endOf({ revoked_at, revoked_reason }: Row): Rotation {
  const endedBy = revoked_reason === null ? undefined : ENDED_BY[revoked_reason];
  return endedBy ? { outcome: 'revoked', endedBy, endedAt: Number(revoked_at) } : { outcome: 'invalid' };
}
