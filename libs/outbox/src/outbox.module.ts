import { Global, Module } from '@nestjs/common';
import { DatabaseModule } from '@app/database';
import { Outbox1795737600000 } from './migrations/1795737600000-outbox.js';
import { OutboxMessage } from './outbox-message.entity.js';
import { OutboxMessagePersonalData } from './outbox-message.personal-data.js';
import { OutboxService } from './outbox.service.js';
import { SubscriptionsService } from './subscriptions.service.js';
import { WebhookEndpoint } from './webhook-endpoint.entity.js';

/** The events that wait for their delivery to receivers: the table `outbox`. Global, because all features append events. */
@Global()
@Module({
  imports: [
    DatabaseModule.forFeature({
      entities: [OutboxMessage, WebhookEndpoint],
      migrations: [Outbox1795737600000],
    }),
  ],
  providers: [OutboxMessagePersonalData, OutboxService, SubscriptionsService],
  exports: [OutboxService, SubscriptionsService],
})
export class OutboxModule {}
