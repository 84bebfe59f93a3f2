export {
  isOutboxEventKind,
  OUTBOX_EVENT_KINDS,
  type OutboxEvent,
  type OutboxEventData,
  type OutboxEventKind,
} from './outbox-event.js';
export { OUTBOX_MESSAGE_STATES, OutboxMessage, type OutboxMessageState } from './outbox-message.entity.js';
export { OutboxModule } from './outbox.module.js';
export { GIVE_UP_AFTER_MS, OutboxService } from './outbox.service.js';
export { SubscriptionsService } from './subscriptions.service.js';
export { WebhookEndpoint } from './webhook-endpoint.entity.js';
