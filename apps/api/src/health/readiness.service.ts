import { Injectable, Logger } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService, type HealthCheckResult } from '@nestjs/terminus';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { OutageLog } from '@app/common';
import { Problem } from '@app/problem';
import { Shutdown } from '../shutdown/shutdown.service.js';

/** A database that takes longer for one row is no help to a login either. */
const ANSWER_WITHIN_MS = 1000;
/** However often it is asked, and anybody may ask, the database is asked once in this time. */
const REMEMBERED_FOR_MS = 500;
/** Unlike `SELECT 1` it reads the file on SQLite, and finds out whether the tables are there. */
const READ_A_ROW = 'SELECT 1 FROM migrations LIMIT 1';

/** Whether this instance can do its work now. */
@Injectable()
export class Readiness {
  private readonly outage = new OutageLog(new Logger(Readiness.name), {
    failing: 'not ready',
    recovered: 'ready again',
  });

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly shutdown: Shutdown,
  ) {}

  /** @throws {Problem} `shutting_down`, `database_unavailable`; the log has the reason, once */
  async check(): Promise<HealthCheckResult> {
    if (this.shutdown.begun) throw new Problem('shutting_down');
    try {
      const result = await this.health.check([this.database()]);
      this.outage.worked();
      return result;
    } catch (error) {
      this.outage.failed(reasonOf(error));
      throw new Problem('database_unavailable', { retryAfterSeconds: 5 });
    }
  }

  private database() {
    return this.indicators
      .check('database')
      .attempt(async () => {
        await this.dataSource.query(READ_A_ROW);
      })
      .withTimeout(ANSWER_WITHIN_MS)
      .cacheFor(REMEMBERED_FOR_MS);
  }
}

function reasonOf(error: unknown): string {
  const { response } = error as { response?: HealthCheckResult };
  return String(response?.details['database']?.['message'] ?? error);
}
