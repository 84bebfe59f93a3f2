export { WebhookResponse } from './admin/webhook.dto.js';
export { WebhookDeliveryResponse } from './admin/webhook-delivery.dto.js';
export { WEBHOOK_ATTEMPT_EVENTS } from './delivery/webhook-attempt-events.js';
export { isDelivered } from './delivery/webhook-sender.service.js';
export { type ShownWebhookSecret, WebhookEndpointsService } from './endpoints/webhook-endpoints.service.js';
export { WebhookMessagesService } from './endpoints/webhook-messages.service.js';
export { WebhookUrlsService } from './endpoints/webhook-urls.service.js';
export { WebhooksModule } from './webhooks.module.js';
