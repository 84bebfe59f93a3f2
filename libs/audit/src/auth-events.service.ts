import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { OutageLog } from '@app/common';
import { Database, insertRow } from '@app/database';
import { AuthEvent } from './auth-event.entity.js';
import { authEventRow, type NewAuthEvent } from './auth-event-row.js';
import { addCounts } from './counts/add-counts.js';
import type { HourlyCount } from './counts/hourly-count.entity.js';
import { PendingCounts } from './counts/pending-counts.js';
import { insertEvents } from './insert-events.js';
import { PerMinuteLimit } from './per-minute-limit.js';

const FLUSH_EVERY_MS = 1000;
/** After a failure: an attempt can block the writes of requests for the whole busy timeout. */
const RETRY_AFTER_MS = 5000;
/** About 5 MB. Further events are dropped while the database does not answer. */
const MAX_BUFFERED = 10_000;
/** Rows of one write: logins behind it in the queue wait about 5 ms. */
const BATCH = 200;
/** Limits the rows that an attack can add. */
const REFUSED_LOGINS_PER_MINUTE = 60;

/**
 * Records events in the table `auth_events`, and counts them in `hourly_counts`. Requests do not wait for it: events are buffered in memory and written about
 * once a second, and when the service stops. A killed process loses up to one second of events and counts. A long outage of
 * the database loses events beyond 10,000, and no counts.
 */
@Injectable()
export class AuthEventsService implements OnApplicationShutdown {
  private readonly logger = new Logger(AuthEventsService.name);
  private readonly outage = new OutageLog(this.logger, {
    failing: 'auth events wait in memory',
    recovered: 'auth events are written again',
  });
  private readonly refusedLogins = new PerMinuteLimit(REFUSED_LOGINS_PER_MINUTE);
  private readonly counts = new PendingCounts();
  private buffer: AuthEvent[] = [];
  private dropped = 0;
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database) {}

  /** Buffers an event. Never throws and does no I/O. Refused logins beyond 60 per minute are counted in one event. */
  record(event: NewAuthEvent): void {
    this.counts.add(event);
    if (event.kind !== 'login_refused' || this.refusedLogins.admit()) this.add(event);
    this.schedule(FLUSH_EVERY_MS);
  }

  /** Writes an event in the transaction of a change that must never happen without its event. */
  async write(manager: EntityManager, event: NewAuthEvent): Promise<void> {
    await insertRow(manager, AuthEvent, authEventRow(event));
  }

  /** Writes an event in a transaction of its own, for an answer that must not be sent without its event. */
  async commit(event: NewAuthEvent): Promise<void> {
    await this.database.write((manager) => this.write(manager, event));
  }

  /** Writes the buffered events. Never throws: after a failure they stay in the buffer. */
  flush(): Promise<void> {
    this.flushing = this.flushing.then(() => this.writeAll());
    return this.flushing;
  }

  /** Runs after the last request was answered, before the database closes. */
  async onApplicationShutdown(): Promise<void> {
    this.recordMoreRefused(true);
    await this.flush();
    clearTimeout(this.timer);
    const lost = this.buffer.length + this.dropped;
    if (lost > 0) this.logger.warn(`${lost} auth events are lost: the database did not accept them`);
  }

  private recordMoreRefused(immediately?: boolean): void {
    const more = this.refusedLogins.takeRefused(immediately);
    if (more > 0) this.add({ kind: 'login_refused', detail: `${more} more` });
  }

  private add(event: NewAuthEvent): void {
    if (this.buffer.length < MAX_BUFFERED) this.buffer.push(authEventRow(event));
    else this.dropped += 1;
  }

  private schedule(afterMs: number): void {
    this.timer ??= setTimeout(() => {
      this.recordMoreRefused();
      void this.flush().then(() => {
        this.timer = undefined;
        if (this.outage.isActive) this.schedule(RETRY_AFTER_MS);
        else if (this.hasPending || this.refusedLogins.hasRefused) this.schedule(FLUSH_EVERY_MS);
      });
    }, afterMs).unref();
  }

  private async writeAll(): Promise<void> {
    try {
      // Counts once: the refusals of a flood would keep the loop going.
      let counts = this.counts.rows();
      while (this.buffer.length > 0 || counts.length > 0) {
        await this.writeBatch(this.buffer.slice(0, BATCH), counts);
        counts = [];
      }
      this.outage.succeeded();
      if (this.dropped > 0) this.logger.warn(`${this.dropped} auth events were dropped: the buffer was full`);
      this.dropped = 0;
    } catch (error) {
      this.outage.failed((error as Error).message);
    }
  }

  private async writeBatch(rows: AuthEvent[], counts: HourlyCount[]): Promise<void> {
    await this.database.write(async (manager) => {
      await insertEvents(manager, rows);
      await addCounts(manager, counts);
    });
    this.buffer.splice(0, rows.length);
    this.counts.subtract(counts);
  }

  private get hasPending(): boolean {
    return this.buffer.length > 0 || !this.counts.isEmpty;
  }
}
