import type { OnApplicationShutdown } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { DatabaseClock } from './database-clock.js';
import { dialectOf } from './dialect.js';
import { observeWrite } from './database-writes.js';
import { DatabaseOpener } from './server/database-opener.js';
import { ServerDataSource } from './server/server-data-source.js';
import { ServerWrites } from './server/server-writes.js';
import { SqliteWriteQueue } from './sqlite/sqlite-write-queue.js';
import { unusable } from './unusable.js';

/** Runs writes on one kind of database. */
interface Writes {
  write<T>(work: (manager: EntityManager) => Promise<T>, lockKey?: string): Promise<T>;
}

/**
 * Runs all writes. Reads that decide a write belong inside {@link write}. Every other read uses an injected repository, which
 * returns committed rows only.
 * @see docs/adr/0016-one-write-contract.md
 */
export class Database implements OnApplicationShutdown {
  private constructor(
    private readonly reader: DataSource,
    private readonly writes: Writes,
    private readonly close: () => Promise<void> | void,
    /** The clock that all instances share. */
    readonly clock: DatabaseClock,
  ) {}

  /** Opens the database of `reader` for writes and runs the pending migrations. */
  static async open(reader: DataSource): Promise<Database> {
    const clock = new DatabaseClock(reader);
    const database = await Database.openWrites(reader, clock);
    await clock.start();
    return database;
  }

  private static async openWrites(reader: DataSource, clock: DatabaseClock): Promise<Database> {
    if (!(reader instanceof ServerDataSource)) {
      const queue = await SqliteWriteQueue.open(reader.options).catch((error: unknown) => {
        throw unusable(error);
      });
      return new Database(reader, queue, () => queue.close(), clock);
    }
    const opener = new DatabaseOpener(reader);
    await opener.begin();
    const stop = () => {
      opener.stop();
    };
    return new Database(reader, new ServerWrites(reader), stop, clock);
  }

  /** Whether the database is open. False until a database server has answered for the first time; stays true in later outages. */
  get isOpen(): boolean {
    return this.reader.isInitialized;
  }

  /**
   * Runs `work` in a transaction and commits it. An error of `work` rolls the transaction back.
   *
   * - `work` uses the given manager only, awaits nothing but the database, and changes nothing outside it. It may run several
   *   times; all runs but the last are rolled back.
   * - Another transaction may change a row that `work` has read. Read such a row with {@link forUpdate} to prevent that.
   * - If another transaction inserts the same key first, `work` runs again.
   * @param lockKey names the rows that `work` reads and writes (a session, a person). Writes with different lock keys may run
   * concurrently. On SQLite, writes with the same lock key run one after the other. With a lock key, do not call `save()` or
   * nest transactions. Omit it when in doubt. PostgreSQL and MySQL ignore it.
   * @throws {Problem} `database_unavailable` if the write is not committed in time
   */
  write<T>(work: (manager: EntityManager) => Promise<T>, lockKey?: string): Promise<T> {
    return observeWrite(work, (observed) => this.writes.write(observed, lockKey));
  }

  /**
   * Runs one UPDATE with RETURNING that is a whole write: one round trip instead of four. Only PostgreSQL has such statements,
   * so {@link write} must be able to do the same.
   * @param statement awaits one {@link Prepared.returned}
   * @returns undefined if nothing was changed because the database is another one or a transaction was in the way
   * @throws {Problem} `database_unavailable`, although the change may have been committed
   */
  async writeAlone<T>(statement: (manager: EntityManager) => Promise<T>): Promise<T | undefined> {
    const { writes } = this;
    if (!(writes instanceof ServerWrites) || dialectOf(this.reader) !== 'postgres') return undefined;
    return observeWrite(statement, (observed) => writes.alone(observed));
  }

  /**
   * Removes rows from the files of SQLite that were deleted before. PostgreSQL and MySQL do that by themselves: see
   * docs/personal-data.md.
   * @returns false if another process reads: call it again later
   */
  async purge(): Promise<boolean> {
    return !(this.writes instanceof SqliteWriteQueue) || this.writes.emptyLog();
  }

  async onApplicationShutdown(): Promise<void> {
    this.clock.stop();
    await this.close();
  }
}
