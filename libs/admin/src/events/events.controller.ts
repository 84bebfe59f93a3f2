import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '@app/problem';
import { Scopes } from '../guard/scopes.decorator.js';
import { CurrentService, type ServicePrincipal } from '../guard/service-principal.js';
import { SERVICE_TOKEN_PROBLEMS } from '../guard/service-token-problems.js';
import { limitOf } from '../lists/list-query.dto.js';
import { WeakEtagInterceptor } from '../lists/weak-etag.interceptor.js';
import { EventListQuery, EventListResponse, EventResponse } from './event.dto.js';
import { VisibleEventsService } from './visible-events.service.js';

/** Lists the audit log: events of the mini-programs of the account, of its users, and of the service itself. */
@ApiTags('audit log')
@Scopes('audit:read')
@Controller('api/admin/events')
export class EventsController {
  constructor(private readonly events: VisibleEventsService) {}

  @Get()
  @UseInterceptors(WeakEtagInterceptor)
  @ApiOperation({
    summary: 'List the events of the audit log',
    description:
      'A page may have fewer events than `limit`, or none, and still a `next_cursor`. Has a weak `ETag`, and answers 304 to `If-None-Match`.',
  })
  @ApiOkResponse({ type: EventListResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'validation_failed')
  async list(
    @CurrentService() { appids }: ServicePrincipal,
    @Query() query: EventListQuery,
  ): Promise<EventListResponse> {
    const { items, next } = await this.events.page(appids, query, query.cursor, limitOf(query));
    return {
      items: items.map((event) => EventResponse.of(event)),
      ...(next !== undefined && { next_cursor: next }),
    };
  }
}
