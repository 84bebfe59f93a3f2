import { createHmac, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In, LessThan } from 'typeorm';
import { KeyringService } from '@app/crypto';
import { Database, insertRow, rowLock } from '@app/database';
import { Problem } from '@app/problem';
import { OperatorAttempt } from '../tables/operator-attempt.entity.js';

/** Wrong attempts that are answered without a pause. */
const FREE_ATTEMPTS = 4;
const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 900_000;
/** After this time without an attempt, the next one counts as the first. */
const FORGOTTEN_AFTER_MS = 3_600_000;

/** What wrong attempts are counted for. */
export interface AttemptSubject {
  readonly kind: 'name' | 'address' | 'operator';
  readonly value: string;
}

/**
 * Slows down wrong attempts: from the fifth on, each one is followed by a pause twice as long as the one before, from 2 s to
 * 15 min. The count is in the database, so it holds for all instances together. An attempt counts as wrong until it proves to
 * be right, so parallel attempts are limited too.
 */
@Injectable()
export class OperatorAttemptsService {
  private readonly key: KeyObject;

  constructor(
    private readonly database: Database,
    keyring: KeyringService,
  ) {
    this.key = keyring.keysFor('operator-attempts')[0].key;
  }

  /**
   * Counts an attempt.
   * @throws {Problem} `rate_limited` in a pause of one of the subjects; then it does not count
   */
  async begin(subjects: readonly AttemptSubject[]): Promise<void> {
    // In one order, so that two attempts do not lock each other's rows.
    const ids = subjects.map((subject) => this.idOf(subject)).sort();
    const now = this.database.clock.now();
    const until = await this.database.write(async (manager) => {
      const rows = await manager.find(OperatorAttempt, {
        where: { id: In(ids) },
        order: { id: 'ASC' },
        ...rowLock(manager),
      });
      const latest = Math.max(0, ...rows.map((row) => row.blockedUntil));
      if (latest > now) return latest;
      for (const id of ids) {
        const row = rows.find((found) => found.id === id);
        const isRecent = row !== undefined && now - row.lastAt < FORGOTTEN_AFTER_MS;
        const failures = (isRecent ? row.failures : 0) + 1;
        const pauseMs = pauseMsAfter(failures);
        // The clock of another instance may be behind: no pause is no time.
        const blockedUntil = pauseMs === 0 ? 0 : now + pauseMs;
        const counted = { failures, blockedUntil, lastAt: now };
        if (row) await manager.update(OperatorAttempt, { id }, counted);
        else await insertRow(manager, OperatorAttempt, { id, ...counted });
      }
      return 0;
    });
    if (until > 0) throw new Problem('rate_limited', { retryAfterSeconds: Math.ceil((until - now) / 1000) });
  }

  /** Forgets, in a write, the wrong attempts of subjects: the last one was right. */
  async succeeded(manager: EntityManager, subjects: readonly AttemptSubject[]): Promise<void> {
    await manager.delete(OperatorAttempt, { id: In(subjects.map((subject) => this.idOf(subject))) });
  }

  /** Removes, in a write, the counts that no longer matter. */
  async removeOld(manager: EntityManager): Promise<void> {
    const before = this.database.clock.now() - FORGOTTEN_AFTER_MS;
    await manager.delete(OperatorAttempt, { lastAt: LessThan(before) });
  }

  private idOf({ kind, value }: AttemptSubject): string {
    return createHmac('sha256', this.key)
      .update(JSON.stringify([kind, value]))
      .digest('base64url');
  }
}

function pauseMsAfter(failures: number): number {
  if (failures <= FREE_ATTEMPTS) return 0;
  return Math.min(FIRST_PAUSE_MS * 2 ** (failures - FREE_ATTEMPTS - 1), LONGEST_PAUSE_MS);
}
