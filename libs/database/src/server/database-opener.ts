import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { unusable } from '../unusable.js';
import { migrate } from './migrate.js';
import type { ServerDataSource } from './server-data-source.js';
import { isOutage } from './server-errors.js';

const TRY_EVERY_MS = 1000;

/** Opens the database of a server and creates its tables. Retries without a limit until the server is up. */
export class DatabaseOpener {
  private readonly logger = new Logger('Database');
  private stopped = false;

  constructor(private readonly dataSource: ServerDataSource) {}

  /**
   * Opens the database. If the server does not answer, retries in the background.
   * @throws {Error} naming `DATABASE_URL` if the server answers and refuses, which only the operator can fix
   */
  async begin(): Promise<void> {
    await this.dataSource.describeEntities();
    try {
      await this.open();
    } catch (error) {
      if (!isOutage(error)) throw unusable(error);
      this.dataSource.logOutage(error);
      void this.retry();
    }
  }

  /** Stops the retries. */
  stop(): void {
    this.stopped = true;
  }

  private async open(): Promise<void> {
    await migrate(this.dataSource);
    await this.dataSource.initialize();
  }

  private async retry(): Promise<void> {
    let lastReason = '';
    while (!this.stopped && !this.dataSource.isInitialized) {
      await sleep(TRY_EVERY_MS, undefined, { ref: false });
      try {
        await this.open();
      } catch (error) {
        const { message } = unusable(error);
        if (!isOutage(error) && message !== lastReason) this.logger.error((lastReason = message));
      }
    }
  }
}
