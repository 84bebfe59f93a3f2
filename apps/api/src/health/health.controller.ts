import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { HealthCheckResult } from '@nestjs/terminus';
import { Public } from '@app/auth';
import { ApiProblems } from '@app/problem';
import { Readiness } from './readiness.service.js';

const DATABASE = { database: { status: 'up', responseTime: 1 } };

/** For balancers and orchestrators. */
@Public()
@ApiTags('operations')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @ApiOperation({
    summary: 'Whether the process answers',
    description:
      'For a liveness probe: it looks at nothing else, since a restart mends no database. A failure means: restart it.',
  })
  @ApiOkResponse({ schema: { example: { status: 'ok' } } })
  @ApiProblems()
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({
    summary: 'Whether this instance can serve',
    description:
      'For a readiness probe or a balancer: 503 while the database gives no answer within a second, and from SIGTERM on. A failure means: send requests elsewhere.',
  })
  @ApiOkResponse({ schema: { example: { status: 'ok', info: DATABASE, error: {}, details: DATABASE } } })
  @ApiProblems('database_unavailable', 'shutting_down')
  ready(): Promise<HealthCheckResult> {
    return this.readiness.check();
  }
}
