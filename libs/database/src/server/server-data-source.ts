import { Logger } from '@nestjs/common';
import { DataSource, type DataSourceOptions, type QueryRunner } from 'typeorm';
import { OutageLog } from '@app/common';
import { unavailable } from '../unavailable.js';
import { reasonOf } from '../unusable.js';
import { limitRunner } from './limited-runner.js';
import { ANSWER_WITHIN_MS, type Server } from './server.js';
import { isLoss } from './server-errors.js';

/**
 * Holds the connections to a database server. Every query succeeds or fails within {@link ANSWER_WITHIN_MS}. While the server
 * does not answer, queries fail as `database_unavailable`.
 */
export class ServerDataSource extends DataSource {
  private readonly outage = new OutageLog(new Logger('Database'), {
    failing: 'the database of DATABASE_URL does not answer',
    recovered: 'the database of DATABASE_URL answers again',
  });

  constructor(
    options: DataSourceOptions,
    readonly server: Server,
  ) {
    super(options);
  }

  /** Builds the metadata of the entities, so that queries can be built before the connection is open. */
  async describeEntities(): Promise<void> {
    await this.buildMetadatas();
  }

  override createQueryRunner(): QueryRunner {
    return this.runnerFor(ANSWER_WITHIN_MS);
  }

  /** Returns a runner with a deadline in milliseconds. @throws {Problem} `database_unavailable` before the connection is open */
  runnerFor(ms: number): QueryRunner {
    if (!this.isInitialized) throw unavailable();
    return limitRunner(super.createQueryRunner(), {
      ms,
      cut: this.server.cut,
      onAnswer: () => {
        this.outage.succeeded();
      },
      onError: (error) => this.translateError(error),
    });
  }

  /** Logs once per outage that the server does not answer. */
  logOutage(error: unknown): void {
    this.outage.failed(reasonOf(error));
  }

  private translateError(error: unknown): unknown {
    if (!isLoss(error)) return error;
    this.logOutage(error);
    return unavailable();
  }
}
