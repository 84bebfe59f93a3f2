import type { OnApplicationShutdown } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { openSqlite } from './sqlite.js';
import { SqliteWriteQueue } from './sqlite-write-queue.js';

/**
 * The one way to write. Reads that decide a write belong inside {@link write}; every other read goes through an injected
 * repository, which never sees a row before it is committed.
 */
export class Database implements OnApplicationShutdown {
  private constructor(
    private readonly writer: DataSource,
    private readonly queue: SqliteWriteQueue,
  ) {}

  /** Opens the writing side of the database that `reader` reads, and brings its tables up to date. */
  static async open(reader: DataSource): Promise<Database> {
    const writer = await openSqlite(reader.options);
    const queue = new SqliteWriteQueue(writer);
    // Under the write lock, so of two processes that start at once one migrates and the other waits.
    await queue.write(() => writer.runMigrations({ transaction: 'none' }));
    return new Database(writer, queue);
  }

  /**
   * Runs `work` in a transaction of its own and commits it; whatever it throws rolls back all of it.
   * Everything inside must go through the given manager and wait for nothing but the database.
   */
  write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.queue.write(work);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queue.idle();
    await this.writer.destroy();
  }
}
