import { Module, type OnModuleInit } from '@nestjs/common';
import { AuthModule, CleanupService } from '@app/auth';
import { AdminModule } from '@app/admin';
import { Config } from '@app/config';
import { Database, DatabaseModule } from '@app/database';
import { OutboxMessage, WebhookEndpoint } from '@app/outbox';
import { removeEndedMessages } from './delivery/remove-ended-messages.js';
import { WebhookDeliveriesController } from './admin/webhook-deliveries.controller.js';
import { WebhooksController } from './admin/webhooks.controller.js';
import { OutboxQueueService } from './delivery/outbox-queue.service.js';
import { WebhookDeliveryService } from './delivery/webhook-delivery.service.js';
import { WebhookSenderService } from './delivery/webhook-sender.service.js';
import { WebhookEndpointsService } from './endpoints/webhook-endpoints.service.js';
import { WebhookMessagesService } from './endpoints/webhook-messages.service.js';
import { WebhookUrlsService } from './endpoints/webhook-urls.service.js';
import { WebhookTransport } from './transport/webhook-transport.js';

/** Delivers the outbox to receivers, and manages their endpoints. */
@Module({
  imports: [
    AdminModule,
    AuthModule,
    DatabaseModule.forFeature({ entities: [OutboxMessage, WebhookEndpoint] }),
  ],
  controllers: [WebhookDeliveriesController, WebhooksController],
  providers: [
    OutboxQueueService,
    WebhookDeliveryService,
    WebhookEndpointsService,
    WebhookMessagesService,
    WebhookSenderService,
    WebhookUrlsService,
    {
      provide: WebhookTransport,
      inject: [Config],
      useFactory: ({ WEBHOOK_ALLOWED_HOSTS }: Config) => new WebhookTransport(WEBHOOK_ALLOWED_HOSTS),
    },
  ],
})
export class WebhooksModule implements OnModuleInit {
  constructor(
    private readonly cleanup: CleanupService,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.cleanup.add((manager, rows) => removeEndedMessages(manager, this.database.clock.now(), rows));
  }
}
