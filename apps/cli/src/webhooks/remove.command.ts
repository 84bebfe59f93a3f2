import { WebhookEndpointsService } from '@app/webhooks';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { onWebhook, WEBHOOK_FAILURE, WEBHOOK_ID, webhookIdOf } from './webhook-id.js';

/** `passport webhooks remove`. */
export const remove: CommandSpec = {
  name: 'remove',
  summary: {
    en: 'Removes a webhook and its deliveries, also those that are pending',
    zh: '删除 webhook 及其全部投递记录，包括尚未送达的',
  },
  arguments: WEBHOOK_ID,
  examples: ['01900000-0000-7000-8000-000000000000'],
  members: { id: { en: 'id', zh: 'id' }, removed: { en: 'removed', zh: '已删除' } },
  failure: WEBHOOK_FAILURE,
  run: ({ env }, args) => {
    const id = webhookIdOf(args);
    return inService(env, async (get) => {
      await onWebhook(get(WebhookEndpointsService).remove(id));
      return { json: { id, removed: true } };
    });
  },
};
