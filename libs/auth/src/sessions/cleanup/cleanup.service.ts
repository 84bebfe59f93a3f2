import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { removeOldCounts, removeOldEvents } from '@app/audit';
import { OutageLog } from '@app/common';
import { Config } from '@app/config';
import { Database, nextRange } from '@app/database';
import { Session } from '../session.entity.js';
import { removeDeadSessions } from './remove-dead-sessions.js';

/** Rows of one step: queued writes wait about 6 ms if all rows are removed, 1 ms if none is. */
const BATCH = 500;
/** A million sessions take about an hour, with less than 1 % of the time spent in steps. */
const STEP_EVERY_MS = 2000;
/** Between two iterations over the table, and before the first. */
const PAUSE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Three times the longest range that is read. */
const COUNTS_RETENTION_MS = 90 * DAY_MS;

/**
 * Removes old rows of one table, at most `rows` of them.
 * @returns whether more may be left
 */
export type RemoveOldRows = (manager: EntityManager, rows: number) => Promise<boolean>;

/**
 * Removes sessions that ended long ago, events older than `AUTH_EVENTS_RETENTION_DAYS`, and counts older than 90 days, a small
 * batch at a time. Iterates over the sessions by their primary key, so that no login pays for an index on their end. Several
 * instances can run this at the same time.
 */
@Injectable()
export class CleanupService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly outage = new OutageLog(new Logger(CleanupService.name), {
    failing: 'a step of the clean-up failed',
    recovered: 'the clean-up works again',
  });
  private readonly sessionMarginMs: number;
  private readonly eventRetentionMs: number;
  private cursor = '';
  private readonly others: RemoveOldRows[] = [];
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly database: Database,
    config: Config,
  ) {
    // The last access token of a session can be checked for up to its lifetime after the end of the session.
    this.sessionMarginMs = DAY_MS + config.ACCESS_TOKEN_TTL_SECONDS * 1000;
    this.eventRetentionMs = config.AUTH_EVENTS_RETENTION_DAYS * DAY_MS;
  }

  onApplicationBootstrap(): void {
    this.schedule(PAUSE_MS);
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** Adds the old rows of another lib to each step. */
  add(remove: RemoveOldRows): void {
    this.others.push(remove);
  }

  /**
   * Runs one step in one short write.
   * @returns whether to run the next step before the pause
   */
  async runOnce(): Promise<boolean> {
    const { to, more } = await this.database.write(async (manager) => {
      const range = await nextRange(manager, Session, this.cursor, BATCH);
      if (range) await removeDeadSessions(manager, range, this.sessionMarginMs);
      const moreEvents = await removeOldEvents(manager, Date.now() - this.eventRetentionMs, BATCH);
      const moreCounts = await removeOldCounts(manager, Date.now() - COUNTS_RETENTION_MS);
      let more = moreEvents || moreCounts;
      for (const remove of this.others) more = (await remove(manager, BATCH)) || more;
      return { to: range?.to, more };
    });
    this.cursor = to ?? '';
    return to !== undefined || more;
  }

  private async step(): Promise<void> {
    let more = false;
    try {
      more = await this.runOnce();
      this.outage.succeeded();
    } catch (error) {
      this.outage.failed((error as Error).message);
    }
    this.schedule(more ? STEP_EVERY_MS : PAUSE_MS);
  }

  private schedule(afterMs: number): void {
    if (!this.stopped) this.timer = setTimeout(() => void this.step(), afterMs).unref();
  }
}
