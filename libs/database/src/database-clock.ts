import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { databaseNow } from './database-now.js';

/** Instances whose clocks differ from the database's by this much work as they should. */
export const TOLERATED_SKEW_MS = 30_000;
const MEASURE_EVERY_MS = 5000;

/** The database's clock as it was read once. */
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
 * The clock that all instances share, without a query: the database's, read every 5 seconds and followed by a
 * monotonic clock in between. Times that one instance stores and another one compares come from it, or from
 * {@link databaseNow} within a statement.
 */
export class DatabaseClock {
  private readonly logger = new Logger('Clock');
  private reading: ClockReading | undefined;
  private isWarned = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /** Epoch milliseconds; by the clock of this machine until the database has answered for the first time. */
  now(): number {
    if (!this.reading) return Date.now();
    return Math.round(this.reading.databaseMs + performance.now() - this.reading.at);
  }

  /** How far the clock of this machine is ahead of the database's, in milliseconds; negative if it is behind. */
  get skewMs(): number {
    return Date.now() - this.now();
  }

  /** Reads the database's clock now and every 5 seconds. Does not throw: a silent database is logged where it is needed. */
  async start(): Promise<void> {
    await this.measure();
    this.timer = setInterval(() => void this.measure(), MEASURE_EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Reads the database's clock, and logs once if this machine's differs by more than is tolerated, once if no longer. */
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
