import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentService, limitOf, Scopes, SERVICE_TOKEN_PROBLEMS, type ServicePrincipal } from '@app/admin';
import { PathId } from '@app/database';
import { ApiProblems, BODY_PROBLEMS } from '@app/problem';
import { WebhookMessagesService } from '../endpoints/webhook-messages.service.js';
import {
  ReplayWebhookRequest,
  ReplayWebhookResponse,
  WebhookDeliveriesQuery,
  WebhookDeliveryListResponse,
  WebhookDeliveryResponse,
} from './webhook-delivery.dto.js';

/** Lists and repeats what was sent to a webhook. */
@ApiTags('webhooks')
@Scopes('webhooks:write')
@Controller('api/admin/webhooks/:id')
export class WebhookDeliveriesController {
  constructor(private readonly messages: WebhookMessagesService) {}

  @Get('deliveries')
  @ApiOperation({ summary: 'List what was, or is to be, sent to a webhook' })
  @ApiOkResponse({ type: WebhookDeliveryListResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'validation_failed', 'not_found')
  async list(
    @PathId('not_found') id: string,
    @Query() query: WebhookDeliveriesQuery,
  ): Promise<WebhookDeliveryListResponse> {
    const limit = limitOf(query);
    const page = { state: query.state, before: query.cursor, limit };
    const messages = await this.messages.list(id, page);
    const last = messages.length === limit ? messages.at(-1) : undefined;
    return {
      items: messages.map((message) => WebhookDeliveryResponse.of(message)),
      ...(last && { next_cursor: last.id }),
    };
  }

  @Post('replay')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send dead deliveries again, for three more days' })
  @ApiOkResponse({ type: ReplayWebhookResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, ...BODY_PROBLEMS, 'not_found')
  async replay(
    @PathId('not_found') id: string,
    @Body() { delivery_id }: ReplayWebhookRequest,
    @CurrentService() { clientId }: ServicePrincipal,
  ): Promise<ReplayWebhookResponse> {
    return { replayed: await this.messages.replay(id, delivery_id, clientId) };
  }
}
