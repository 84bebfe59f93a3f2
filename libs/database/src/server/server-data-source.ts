import { Logger } from '@nestjs/common';
import { DataSource, type DataSourceOptions, type QueryRunner } from 'typeorm';
import { OutageLog } from '@app/common';
import { unavailable } from '../unavailable.js';
import { limit } from './limited-runner.js';
import { ANSWER_WITHIN_MS, type Server } from './server.js';
import { isLoss, reasonOf } from './server-errors.js';

/**
 * The connections to a database server. Every query is answered or fails within {@link ANSWER_WITHIN_MS}, and where there
 * is no server to talk to, before the first answer or later, it fails as `database_unavailable`.
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

  /** Lets queries be built before there is a connection; running one is `database_unavailable` then. */
  async describeEntities(): Promise<void> {
    await this.buildMetadatas();
  }

  override createQueryRunner(): QueryRunner {
    return this.runnerFor(ANSWER_WITHIN_MS);
  }

  /** A runner that must be done within so many milliseconds. */
  runnerFor(ms: number): QueryRunner {
    if (!this.isInitialized) throw unavailable();
    const runner = limit(super.createQueryRunner(), ms, this.server.cut.bind(this.server));
    const query = runner.query.bind(runner) as (...call: unknown[]) => Promise<unknown>;
    return Object.assign(runner, {
      query: async (...call: unknown[]) => {
        try {
          const answer = await query(...call);
          this.outage.worked();
          return answer;
        } catch (error) {
          throw this.judge(error);
        }
      },
    });
  }

  /** Logs that the server does not answer, once, however many queries fail. */
  missed(error: unknown): void {
    this.outage.failed(reasonOf(error));
  }

  private judge(error: unknown): unknown {
    if (!isLoss(error)) return error;
    this.missed(error);
    return unavailable();
  }
}
