import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { HealthCheckResult } from '@nestjs/terminus';
import { Public } from '@app/auth';
import { ApiProblems } from '@app/problem';
import { ReadinessService } from './readiness.service.js';

const DATABASE = { database: { status: 'up', responseTime: 1 } };

/** Serves the liveness and readiness probes of load balancers and orchestrators. */
@Public()
@ApiTags('operations')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: ReadinessService) {}

  @Get('live')
  @ApiOperation({
    summary: 'Whether the process answers',
    description:
      'For a liveness probe. It does not check the database, because a restart does not repair a database. If it fails, restart the process.',
  })
  @ApiOkResponse({ schema: { example: { status: 'ok' } } })
  @ApiProblems()
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({
    summary: 'Whether this instance can serve requests',
    description:
      'For a readiness probe or a load balancer: 503 while the database does not answer within one second, and after SIGTERM. If it fails, send requests to other instances.',
  })
  @ApiOkResponse({ schema: { example: { status: 'ok', info: DATABASE, error: {}, details: DATABASE } } })
  @ApiProblems('database_unavailable', 'shutting_down')
  ready(): Promise<HealthCheckResult> {
    return this.readiness.check();
  }
}
