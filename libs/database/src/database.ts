import type { OnApplicationShutdown } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { observeWrite } from './database-writes.js';
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
    await migrate(writer, queue);
    return new Database(writer, queue);
  }

  /**
   * Runs `work` in a transaction of its own and commits it; whatever it throws rolls back all of it.
   * Everything inside must go through the given manager, wait for nothing but the database, and change nothing else: it
   * may run twice, the first time undone.
   * @param lane names the rows that `work` reads and writes (a session, a person). Writes of different lanes may share a
   * transaction on SQLite and run side by side in it; those of one lane never do. `save()` and nested transactions are not for lanes. Leave it out when in doubt.
   */
  write<T>(work: (manager: EntityManager) => Promise<T>, lane?: string): Promise<T> {
    return observeWrite(work, (observed) => this.queue.write(observed, lane));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queue.idle();
    await this.writer.destroy();
  }
}

/** Under the write lock, so of two processes that start at once one migrates and the other waits. */
async function migrate(writer: DataSource, queue: SqliteWriteQueue): Promise<void> {
  try {
    await queue.transaction(() => writer.runMigrations({ transaction: 'none' }));
  } catch (error) {
    throw new Error(`The database of DATABASE_URL cannot be written: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
