import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '@app/problem';
import { Scopes } from '../guard/scopes.decorator.js';
import { CurrentService, type ServicePrincipal } from '../guard/service-principal.js';
import { SERVICE_TOKEN_PROBLEMS } from '../guard/service-token-problems.js';
import { WeakEtagInterceptor } from '../lists/weak-etag.interceptor.js';
import { StatsQuery, StatsResponse } from './stats.dto.js';
import { StatsService } from './stats.service.js';

/** Counts what the database has of the mini-programs of the account. */
@ApiTags('audit log')
@Scopes('audit:read')
@Controller('api/admin/stats')
export class StatsController {
  constructor(private readonly stats: StatsService) {}

  @Get()
  @UseInterceptors(WeakEtagInterceptor)
  @ApiOperation({
    summary: 'Read the figures of logins, refusals and users',
    description:
      'The counts of all users are a minute old at most. Has a weak `ETag`, and answers 304 to `If-None-Match`.',
  })
  @ApiOkResponse({ type: StatsResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'validation_failed')
  read(
    @CurrentService() { appids }: ServicePrincipal,
    @Query() { range = '24h' }: StatsQuery,
  ): Promise<StatsResponse> {
    return this.stats.read(appids, range);
  }
}
