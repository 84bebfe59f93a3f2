import { Injectable, Logger } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService, type HealthCheckResult } from '@nestjs/terminus';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { OutageLog } from '@app/common';
import { Problem } from '@app/problem';
import { ShutdownService } from '../shutdown/shutdown.service.js';

/** A database that takes longer for one row is too slow for logins. */
const ANSWER_WITHIN_MS = 1000;
/** How long a result is cached. The route is public, so the number of requests must not determine the number of queries. */
const REMEMBERED_FOR_MS = 500;
/** Unlike `SELECT 1`, it reads the file on SQLite and fails if the tables are missing. */
const PROBE_QUERY = 'SELECT 1 FROM migrations LIMIT 1';

/** Checks whether this instance can serve requests. */
@Injectable()
export class ReadinessService {
  private readonly outage = new OutageLog(new Logger(ReadinessService.name), {
    failing: 'not ready',
    recovered: 'ready again',
  });

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly shutdown: ShutdownService,
  ) {}

  /**
   * Checks the database.
   * @throws {Problem} `shutting_down`; `database_unavailable`, whose reason is logged once per outage
   */
  async check(): Promise<HealthCheckResult> {
    if (this.shutdown.begun) throw new Problem('shutting_down');
    try {
      const result = await this.health.check([this.database()]);
      this.outage.succeeded();
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
        await this.dataSource.query(PROBE_QUERY);
      })
      .withTimeout(ANSWER_WITHIN_MS)
      .cacheFor(REMEMBERED_FOR_MS);
  }
}

function reasonOf(error: unknown): string {
  const { response } = error as { response?: HealthCheckResult };
  return String(response?.details['database']?.['message'] ?? error);
}
