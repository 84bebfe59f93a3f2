import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentService, Scopes, SERVICE_TOKEN_PROBLEMS, type ServicePrincipal, StepUp } from '@app/admin';
import { PathId } from '@app/database';
import { ApiProblems, BODY_PROBLEMS } from '@app/problem';
import { isDelivered } from '../delivery/webhook-sender.service.js';
import { WebhookEndpointsService } from '../endpoints/webhook-endpoints.service.js';
import { WebhookMessagesService } from '../endpoints/webhook-messages.service.js';
import { WebhookUrlsService } from '../endpoints/webhook-urls.service.js';
import {
  CreateWebhookRequest,
  RotateWebhookRequest,
  WebhookListResponse,
  WebhookResponse,
  WebhookSecretResponse,
  WebhookTestResponse,
} from './webhook.dto.js';

/** Manages webhooks for other back ends. */
@ApiTags('webhooks')
@Scopes('webhooks:write')
@Controller('api/admin/webhooks')
export class WebhooksController {
  constructor(
    private readonly endpoints: WebhookEndpointsService,
    private readonly messages: WebhookMessagesService,
    private readonly urls: WebhookUrlsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the webhooks' })
  @ApiOkResponse({ type: WebhookListResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS)
  async list(): Promise<WebhookListResponse> {
    return { items: (await this.endpoints.list()).map((endpoint) => WebhookResponse.of(endpoint)) };
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Create a webhook. Its secret is shown only now' })
  @ApiOkResponse({ type: WebhookSecretResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, ...BODY_PROBLEMS, 'webhook_url_refused', 'webhooks_exhausted')
  async create(
    @Body() { url, events }: CreateWebhookRequest,
    @CurrentService() { clientId }: ServicePrincipal,
  ): Promise<WebhookSecretResponse> {
    return this.endpoints.create(await this.urls.checked(url), events, clientId);
  }

  @StepUp()
  @Post(':id/rotate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make a new secret. The one before signs too until the next rotation' })
  @ApiOkResponse({ type: WebhookSecretResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, ...BODY_PROBLEMS, 'step_up_required', 'not_found')
  rotate(
    @PathId('not_found') id: string,
    @Body() { compromised = false }: RotateWebhookRequest,
    @CurrentService() { clientId }: ServicePrincipal,
  ): Promise<WebhookSecretResponse> {
    return this.endpoints.rotate(id, compromised, clientId);
  }

  @Post(':id/test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send a message of the type `webhook.test` now, once' })
  @ApiOkResponse({ type: WebhookTestResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'not_found')
  async test(@PathId('not_found') id: string): Promise<WebhookTestResponse> {
    const result = await this.messages.test(id);
    return { delivered: isDelivered(result), result };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a webhook and its deliveries, also those that are pending' })
  @ApiNoContentResponse()
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'not_found')
  async remove(
    @PathId('not_found') id: string,
    @CurrentService() { clientId }: ServicePrincipal,
  ): Promise<void> {
    await this.endpoints.remove(id, clientId);
  }
}
