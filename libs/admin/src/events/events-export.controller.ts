import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { AuthEventsService } from '@app/audit';
import { ApiProblems } from '@app/problem';
import { Scopes } from '../guard/scopes.decorator.js';
import { CurrentService, type ServicePrincipal } from '../guard/service-principal.js';
import { SERVICE_TOKEN_PROBLEMS } from '../guard/service-token-problems.js';
import { EventFilterQuery } from './event.dto.js';
import { csvOf, MAX_CSV_ROWS } from './events-csv.js';
import { VisibleEventsService } from './visible-events.service.js';

/** Events that are read at once. */
const PAGE = 500;

/** Exports the audit log. */
@ApiTags('audit log')
@Scopes('audit:read')
@Controller('api/admin/events.csv')
export class EventsExportController {
  constructor(
    private readonly visible: VisibleEventsService,
    private readonly events: AuthEventsService,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Export the events of the audit log',
    description: `At most ${MAX_CSV_ROWS} rows, the newest first. The export is an event of the audit log itself.`,
  })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'validation_failed')
  async export(
    @CurrentService() { appids, clientId: actor }: ServicePrincipal,
    @Query() query: EventFilterQuery,
  ): Promise<StreamableFile> {
    const appid = appids.find((own) => own === query.appid);
    await this.events.commit({
      kind: 'events_exported',
      userId: query.user_id,
      appid,
      actor,
      detail: query.kind,
    });
    const parts = csvOf((before) => this.visible.page(appids, query, before, PAGE));
    return new StreamableFile(Readable.from(parts), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="events.csv"',
    });
  }
}
