import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { removeOldEvents } from '@app/audit';
import { OutageLog } from '@app/common';
import { Config } from '@app/config';
import { Database } from '@app/database';
import { nextStretch, removeDeadSessions } from './remove-dead-sessions.js';

/** Rows of one step: the writes behind it wait about 6 ms when all of them are removed, 1 ms when none is. */
const BATCH = 500;
/** A million sessions are walked in about an hour, and of a hundred moments less than one is taken. */
const STEP_EVERY_MS = 2000;
/** Between two walks, and before the first: a small table need not be read all the time. */
const REST_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * Removes sessions that ended long ago and events older than `AUTH_EVENTS_RETENTION_DAYS`, a small batch at a time. It
 * walks the sessions by their primary key, so that no login pays for an index on their end. Instances that sweep at
 * once find less to do.
 */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly outage = new OutageLog(new Logger(Sweeper.name), {
    failing: 'a step of the clean-up failed',
    recovered: 'the clean-up works again',
  });
  private readonly sessionMarginMs: number;
  private readonly eventRetentionMs: number;
  private walkedTo = '';
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly database: Database,
    config: Config,
  ) {
    // The last access token of a session outlives it by up to its lifetime, and is looked up until then.
    this.sessionMarginMs = DAY_MS + config.ACCESS_TOKEN_TTL_SECONDS * 1000;
    this.eventRetentionMs = config.AUTH_EVENTS_RETENTION_DAYS * DAY_MS;
  }

  onApplicationBootstrap(): void {
    this.schedule(REST_MS);
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /**
   * One step, one short write.
   * @returns whether there is more to do before the next rest
   */
  async sweepOnce(): Promise<boolean> {
    const { to, moreEvents } = await this.database.write(async (manager) => {
      const stretch = await nextStretch(manager, this.walkedTo, BATCH);
      if (stretch) await removeDeadSessions(manager, stretch, this.sessionMarginMs);
      const moreEvents = await removeOldEvents(manager, Date.now() - this.eventRetentionMs, BATCH);
      return { to: stretch?.to, moreEvents };
    });
    this.walkedTo = to ?? '';
    return to !== undefined || moreEvents;
  }

  private async step(): Promise<void> {
    let more = false;
    try {
      more = await this.sweepOnce();
      this.outage.worked();
    } catch (error) {
      this.outage.failed((error as Error).message);
    }
    this.schedule(more ? STEP_EVERY_MS : REST_MS);
  }

  private schedule(afterMs: number): void {
    if (!this.stopped) this.timer = setTimeout(() => void this.step(), afterMs).unref();
  }
}
