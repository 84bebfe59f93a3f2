import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { OutageLog } from '@app/common';
import { Database, insertRow } from '@app/database';
import { AuthEvent } from './auth-event.entity.js';
import { authEventRow, type NewAuthEvent } from './auth-event-row.js';
import { insertEvents } from './insert-events.js';
import { MinuteCap } from './minute-cap.js';

const FLUSH_EVERY_MS = 1000;
/** A failed try may have kept the writes of requests waiting for the whole busy timeout: not every second, then. */
const RETRY_AFTER_MS = 5000;
/** About 5 MB. What comes on top while the database does not answer is dropped. */
const MAX_BUFFERED = 10_000;
/** Rows of one write: logins that stand behind it in the queue wait about 5 ms. */
const BATCH = 200;
/** An attack is a few rows and a count, not a full disk. */
const REFUSED_LOGINS_PER_MINUTE = 60;

/**
 * Remembers logins, refusals and endings in the table `auth_events`. Nobody waits for it: events are collected in memory
 * and written about once a second, and the last ones when the service stops. So a process that is killed loses up to one
 * second of them, and a database that does not answer for long loses those beyond 10,000.
 */
@Injectable()
export class AuthEvents implements OnApplicationShutdown {
  private readonly logger = new Logger(AuthEvents.name);
  private readonly outage = new OutageLog(this.logger, {
    failing: 'auth events wait in memory',
    recovered: 'auth events are written again',
  });
  private readonly refusedLogins = new MinuteCap(REFUSED_LOGINS_PER_MINUTE);
  private buffer: AuthEvent[] = [];
  private dropped = 0;
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database) {}

  /** Remembers an event. Never throws and does no I/O; of refused logins only the first 60 of a minute are kept apart. */
  record(event: NewAuthEvent): void {
    if (event.kind !== 'login_refused' || this.refusedLogins.admit()) this.add(event);
    this.schedule(FLUSH_EVERY_MS);
  }

  /** Writes an event as a part of the write that makes it: for what must never happen without leaving a trace. */
  async write(manager: EntityManager, event: NewAuthEvent): Promise<void> {
    await insertRow(manager, AuthEvent, authEventRow(event));
  }

  /** Writes what is remembered so far. Never throws: what cannot be written stays for the next time. */
  flush(): Promise<void> {
    this.flushing = this.flushing.then(() => this.writeAll());
    return this.flushing;
  }

  /** Before the database closes, and after the last request was answered. */
  async onApplicationShutdown(): Promise<void> {
    this.recordMoreRefused(true);
    await this.flush();
    clearTimeout(this.timer);
    const lost = this.buffer.length + this.dropped;
    if (lost > 0) this.logger.warn(`${lost} auth events are lost: the database did not take them`);
  }

  private recordMoreRefused(atOnce?: boolean): void {
    const more = this.refusedLogins.takeRefused(atOnce);
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
        else if (this.buffer.length > 0 || this.refusedLogins.hasRefused) this.schedule(FLUSH_EVERY_MS);
      });
    }, afterMs).unref();
  }

  private async writeAll(): Promise<void> {
    try {
      while (this.buffer.length > 0) await this.writeBatch(this.buffer.slice(0, BATCH));
      this.outage.worked();
      if (this.dropped > 0) this.logger.warn(`${this.dropped} auth events were dropped: the buffer was full`);
      this.dropped = 0;
    } catch (error) {
      this.outage.failed((error as Error).message);
    }
  }

  private async writeBatch(rows: AuthEvent[]): Promise<void> {
    await this.database.write((manager) => insertEvents(manager, rows));
    this.buffer.splice(0, rows.length);
  }
}
