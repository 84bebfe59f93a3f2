import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { databaseNow } from './database-now.js';

/** The difference to the database's clock up to which an instance works correctly. */
export const TOLERATED_SKEW_MS = 30_000;
const MEASURE_EVERY_MS = 5000;

/** One reading of the database's clock. */
export interface ClockReading {
  /** Epoch milliseconds. */
  readonly databaseMs: number;
  /** The middle of the query, in milliseconds of `performance.now()`. */
  readonly at: number;
}

/** Reads the database's clock. */
export async function readClock(dataSource: DataSource): Promise<ClockReading> {
  const askedAt = performance.now();
  const sql = `SELECT ${databaseNow({ connection: dataSource })} AS now`;
  const [row] = await dataSource.query<{ now: number | string }[]>(sql);
  return { databaseMs: Number(row?.now), at: (askedAt + performance.now()) / 2 };
}

/**
 * Returns the database's time without a query: reads it every 5 seconds and adds the elapsed monotonic time. All instances
 * share this clock. Use it, or {@link databaseNow} within a statement, for times that another instance compares.
 */
export class DatabaseClock {
  private readonly logger = new Logger('Clock');
  private reading: ClockReading | undefined;
  private isWarned = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /** Returns epoch milliseconds. Before the first answer of the database, they come from the clock of this machine. */
  now(): number {
    if (!this.reading) return Date.now();
    return Math.round(this.reading.databaseMs + performance.now() - this.reading.at);
  }

  /** How far the clock of this machine is ahead of the database's, in milliseconds; negative if it is behind. */
  get skewMs(): number {
    return Date.now() - this.now();
  }

  /** Reads the database's clock now and every 5 seconds. Does not throw: other code logs that the database does not answer. */
  async start(): Promise<void> {
    await this.measure();
    this.timer = setInterval(() => void this.measure(), MEASURE_EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Reads the database's clock. Logs once when the skew exceeds the tolerance, and once when it no longer does. */
  async measure(): Promise<void> {
    const reading = await readClock(this.dataSource).catch(() => undefined);
    if (!reading) return;
    this.reading = reading;
    const { skewMs } = this;
    const isSkewed = Math.abs(skewMs) > TOLERATED_SKEW_MS;
    if (isSkewed && !this.isWarned) this.logger.warn(warningOf(skewMs));
    if (!isSkewed && this.isWarned)
      this.logger.log("the clock of this machine agrees with the database's again");
    this.isWarned = isSkewed;
  }
}

function warningOf(skewMs: number): string {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const side = skewMs > 0 ? 'ahead of' : 'behind';
  return (
    `the clock of this machine is ${seconds} s ${side} the database's, ${TOLERATED_SKEW_MS / 1000} s are tolerated: ` +
    'access tokens expire at the wrong time, and other instances and back ends may refuse them. Turn time synchronisation on'
  );
}
