import type { IncomingMessage } from 'node:http';
import { Controller, HttpCode, Post, type RawBodyRequest, Req, UnauthorizedException } from '@nestjs/common';
import { Public } from '@weapp-passport/nest';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { CustomersService } from '../customers/customers.service.js';
import { ShopOrdersService } from '../orders/shop-orders.service.js';
import { ShopSettings } from '../shop-settings.js';

interface PassportEvent {
  readonly type: string;
  readonly timestamp: string;
  readonly data: {
    readonly user_id: string;
    readonly until?: string | null;
    readonly merged_user_id?: string;
    readonly merged_user_ids?: readonly string[];
  };
}

/** Receives the webhooks of weapp-passport. Its callers have a signature instead of an access token. */
@Public()
@Controller('webhooks')
export class WebhooksController {
  private readonly webhook: Webhook;

  constructor(
    { webhookSecret }: ShopSettings,
    private readonly customers: CustomersService,
    private readonly orders: ShopOrdersService,
  ) {
    this.webhook = new Webhook(webhookSecret);
  }

  /** Anything but 2xx makes the service send the event again later. */
  @Post('passport')
  @HttpCode(204)
  receive(@Req() request: RawBodyRequest<IncomingMessage>): void {
    const { type, timestamp: changedAt, data } = this.verified(request);
    const { user_id: userId, until, merged_user_id: mergedUserId } = data;
    if (type === 'user.created') this.customers.change(userId, { state: 'active', changedAt });
    if (type === 'user.enabled') this.customers.change(userId, { state: 'active', changedAt });
    if (type === 'user.disabled') this.customers.change(userId, { state: 'disabled', changedAt, until });
    if (type === 'user.merged' && mergedUserId !== undefined) {
      // The access tokens of the merged user are valid for some minutes: without this, they would get new orders.
      this.customers.change(mergedUserId, { state: 'merged', changedAt });
      this.orders.move(mergedUserId, userId);
    }
    if (type === 'user.deleted') {
      for (const id of [userId, ...(data.merged_user_ids ?? [])]) {
        this.customers.change(id, { state: 'deleted', changedAt });
        this.orders.erase(id);
      }
    }
  }

  private verified({ rawBody = Buffer.alloc(0), headers }: RawBodyRequest<IncomingMessage>): PassportEvent {
    try {
      return this.webhook.verify(rawBody, headers as Record<string, string>) as PassportEvent;
    } catch (error) {
      if (error instanceof WebhookVerificationError) throw new UnauthorizedException();
      throw error;
    }
  }
}
