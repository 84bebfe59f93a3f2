import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, IsNull, LessThan, Not, type Repository } from 'typeorm';
import { Database, insertRow } from '@app/database';
import { hashOf, newSecretToken } from '../credentials/secret-token.js';
import type { OperatorRole } from '../operator-role.js';
import { Operator } from '../tables/operator.entity.js';
import { OperatorSession } from '../tables/operator-session.entity.js';

/** After this time without a request, a session has ended. */
export const IDLE_MS = 30 * 60_000;
/** After this time, a session has ended in any case. */
export const LONGEST_MS = 12 * 3_600_000;
const STEP_UP_MS = 5 * 60_000;
/** A request within this time after the last one that was stored writes nothing. */
const SEEN_EVERY_MS = 60_000;

/** A session that has not ended, and its operator. Times are epoch milliseconds of the database's clock. */
export interface LiveOperatorSession {
  readonly id: string;
  readonly operator: { readonly id: string; readonly name: string; readonly role: OperatorRole };
  readonly expiresAt: number;
  /** Set while it is in the future. */
  readonly stepUpUntil?: number;
}

/** A new session, and the value of its cookie. */
export interface OpenedOperatorSession {
  readonly token: string;
  readonly session: LiveOperatorSession;
}

/**
 * Opens, finds and ends the sessions of operators. Each request reads the session and its operator from the database, so what
 * another instance has ended or removed is refused there too.
 */
@Injectable()
export class OperatorSessionsService {
  constructor(
    @InjectRepository(OperatorSession) private readonly sessions: Repository<OperatorSession>,
    @InjectRepository(Operator) private readonly operators: Repository<Operator>,
    private readonly database: Database,
  ) {}

  /** Opens a session of an operator in a write. Its value is new: a cookie that the browser sent before is never adopted. */
  async open(manager: EntityManager, operator: Operator): Promise<OpenedOperatorSession> {
    const now = this.database.clock.now();
    const token = newSecretToken();
    const row: OperatorSession = {
      id: hashOf(token),
      operatorId: operator.id,
      createdAt: now,
      lastSeenAt: now,
      stepUpUntil: null,
    };
    await insertRow(manager, OperatorSession, row);
    await manager.update(Operator, { id: operator.id }, { lastSeenAt: now });
    return { token, session: live(row, operator, now) };
  }

  /**
   * Returns the session of a cookie, and stores that it was seen.
   * @returns undefined if it has ended, or its operator was removed or reset
   */
  async find(token: string): Promise<LiveOperatorSession | undefined> {
    const row = await this.sessions.findOneBy({ id: hashOf(token) });
    if (!row) return undefined;
    const operator = await this.operators.findOneBy({ id: row.operatorId, passwordHash: Not(IsNull()) });
    const now = this.database.clock.now();
    if (!operator || expiresAt(row) <= now) return undefined;
    if (now - row.lastSeenAt < SEEN_EVERY_MS) return live(row, operator, now);
    await this.database.write(async (manager) => {
      await manager.update(OperatorSession, { id: row.id }, { lastSeenAt: now });
      await manager.update(Operator, { id: operator.id }, { lastSeenAt: now });
    });
    return live({ ...row, lastSeenAt: now }, operator, now);
  }

  /** Opens the routes with `@StepUp()` for five minutes, in a write. */
  async stepUp(manager: EntityManager, session: LiveOperatorSession): Promise<LiveOperatorSession> {
    const stepUpUntil = this.database.clock.now() + STEP_UP_MS;
    await manager.update(OperatorSession, { id: session.id }, { stepUpUntil });
    return { ...session, stepUpUntil };
  }

  /** Ends one session. */
  async end(id: string): Promise<void> {
    await this.database.write((manager) => manager.delete(OperatorSession, { id }));
  }

  /** Ends all sessions of an operator in a write, except one. */
  async endAll(manager: EntityManager, operatorId: string, except?: string): Promise<void> {
    await manager.delete(OperatorSession, {
      operatorId,
      ...(except !== undefined && { id: Not(except) }),
    });
  }

  /** Removes, in a write, the rows of sessions that have ended. */
  async removeEnded(manager: EntityManager): Promise<void> {
    const now = this.database.clock.now();
    await manager.delete(OperatorSession, [
      { lastSeenAt: LessThan(now - IDLE_MS) },
      { createdAt: LessThan(now - LONGEST_MS) },
    ]);
  }
}

const expiresAt = ({ createdAt, lastSeenAt }: OperatorSession) =>
  Math.min(lastSeenAt + IDLE_MS, createdAt + LONGEST_MS);

function live(row: OperatorSession, { id, name, role }: Operator, now: number): LiveOperatorSession {
  const { stepUpUntil } = row;
  return {
    id: row.id,
    operator: { id, name, role },
    expiresAt: expiresAt(row),
    ...(stepUpUntil !== null && stepUpUntil > now && { stepUpUntil }),
  };
}
