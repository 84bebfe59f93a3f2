import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { MissingMigrationError } from '../missing-migrations.js';
import { migrate } from './migrate.js';
import type { ServerDataSource } from './server-data-source.js';
import { isOutage, reasonOf } from './server-errors.js';

const TRY_EVERY_MS = 1000;

/** The way from a server's address to a database with its tables, however long the server takes to come up. */
export class Opening {
  private readonly logger = new Logger('Database');
  private stopped = false;

  constructor(private readonly dataSource: ServerDataSource) {}

  /**
   * Opens the database, or goes on trying in the background when there is no server at that address at the moment.
   * @throws {Error} naming `DATABASE_URL` when the server is there and refuses: nobody but the operator can mend that
   */
  async begin(): Promise<void> {
    await this.dataSource.describeEntities();
    try {
      await this.open();
    } catch (error) {
      if (!isOutage(error)) throw refusal(error);
      this.dataSource.missed(error);
      void this.goOn();
    }
  }

  /** Gives up what has not succeeded yet. */
  stop(): void {
    this.stopped = true;
  }

  private async open(): Promise<void> {
    await migrate(this.dataSource);
    await this.dataSource.initialize();
  }

  private async goOn(): Promise<void> {
    let lastReason = '';
    while (!this.stopped && !this.dataSource.isInitialized) {
      await sleep(TRY_EVERY_MS, undefined, { ref: false });
      try {
        await this.open();
      } catch (error) {
        const { message } = refusal(error);
        if (!isOutage(error) && message !== lastReason) this.logger.error((lastReason = message));
      }
    }
  }
}

const refusal = (error: unknown): Error =>
  error instanceof MissingMigrationError
    ? error
    : new Error(`The database of DATABASE_URL cannot be used: ${reasonOf(error)}`, { cause: error });
