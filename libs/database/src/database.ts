import type { OnApplicationShutdown } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { DatabaseClock } from './database-clock.js';
import { observeWrite } from './database-writes.js';
import { Opening } from './server/opening.js';
import { ServerDataSource } from './server/server-data-source.js';
import { ServerWrites } from './server/server-writes.js';
import { openSqliteWrites } from './sqlite/sqlite-write-queue.js';

/** How writes are run on one kind of database. */
interface Writes {
  write<T>(work: (manager: EntityManager) => Promise<T>, lockKey?: string): Promise<T>;
}

/**
 * The one way to write. Reads that decide a write belong inside {@link write}; every other read goes through an injected
 * repository, which never sees a row before it is committed.
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

  /** Opens the writing side of the database that `reader` reads, and brings its tables up to date. */
  static async open(reader: DataSource): Promise<Database> {
    const clock = new DatabaseClock(reader);
    const database = await Database.openWrites(reader, clock);
    await clock.start();
    return database;
  }

  private static async openWrites(reader: DataSource, clock: DatabaseClock): Promise<Database> {
    if (!(reader instanceof ServerDataSource)) {
      const queue = await openSqliteWrites(reader.options);
      return new Database(reader, queue, () => queue.close(), clock);
    }
    const opening = new Opening(reader);
    await opening.begin();
    const stop = () => {
      opening.stop();
    };
    return new Database(reader, new ServerWrites(reader), stop, clock);
  }

  /** False while a database server has not answered yet. It may be silent later all the same. */
  get isOpen(): boolean {
    return this.reader.isInitialized;
  }

  /**
   * Runs `work` in a transaction and commits it; whatever it throws rolls back all of it. Everything inside must go through
   * the given manager, wait for nothing but the database, and change nothing else: it may run several times, each but the last undone. A row that it
   * reads and decides by may be changed by another transaction, unless it is read {@link forUpdate}; a key that another inserts first makes it run again.
   * @param lockKey names the rows that `work` reads and writes (a session, a person). Writes of
   * different lock keys may run concurrently; on SQLite, those of one lock key run one after the other. With a lock key, do
   * not call `save()` or nest transactions. Leave it out when in doubt. PostgreSQL and MySQL ignore it.
   * @throws {Problem} `database_unavailable` when the database does not take it in time
   */
  write<T>(work: (manager: EntityManager) => Promise<T>, lockKey?: string): Promise<T> {
    return observeWrite(work, (observed) => this.writes.write(observed, lockKey));
  }

  async onApplicationShutdown(): Promise<void> {
    this.clock.stop();
    await this.close();
  }
}
