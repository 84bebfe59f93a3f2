import { isDelivered, WebhookMessagesService } from '@app/webhooks';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { onWebhook, WEBHOOK_ID, webhookIdOf } from './webhook-id.js';

/** `passport webhooks test`. */
export const test: CommandSpec = {
  name: 'test',
  summary: {
    en: 'Sends a message of the type webhook.test from this machine, once',
    zh: '从本机发送一条 webhook.test 消息，仅一次',
  },
  arguments: WEBHOOK_ID,
  examples: ['01900000-0000-7000-8000-000000000000'],
  members: {
    delivered: { en: 'delivered', zh: '已送达' },
    result: { en: 'status of the answer, or why there is none', zh: '响应状态码，或没有响应的原因' },
  },
  failure: { en: 'it was not delivered, or there is no such webhook', zh: '未送达，或 webhook 不存在' },
  run: ({ env }, args) => {
    const id = webhookIdOf(args);
    return inService(env, async (get) => {
      const result = await onWebhook(get(WebhookMessagesService).test(id));
      const delivered = isDelivered(result);
      return { json: { delivered, result }, exitCode: delivered ? 0 : 1 };
    });
  },
};
