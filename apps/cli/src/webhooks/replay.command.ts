import { isId } from '@app/database';
import { WebhookMessagesService } from '@app/webhooks';
import { CliError, type ErrorSpec } from '../program/cli-error.js';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { onWebhook, WEBHOOK_FAILURE, WEBHOOK_ID, webhookIdOf } from './webhook-id.js';

const DELIVERY_MALFORMED: ErrorSpec = {
  code: 'delivery_malformed',
  en: 'The id of a delivery is a UUID in lower case.\nCopy it from webhooks deliveries.',
  zh: '投递记录的 id 是小写的 UUID。\n请从 webhooks deliveries 的输出复制。',
  exitCode: 2,
};

/** `passport webhooks replay`. */
export const replay: CommandSpec<{ delivery?: string }> = {
  name: 'replay',
  summary: {
    en: 'Sends dead deliveries again, for three more days, with their webhook-id',
    zh: '重新发送失败的消息，webhook-id 不变，再尝试三天',
  },
  arguments: WEBHOOK_ID,
  options: [
    ['--delivery <id>', { en: 'one delivery only, dead or delivered', zh: '仅重发一条，失败或已送达均可' }],
  ],
  examples: ['01900000-0000-7000-8000-000000000000'],
  members: { replayed: { en: 'deliveries that are pending again', zh: '重新进入队列的消息数' } },
  failure: WEBHOOK_FAILURE,
  run: ({ env }, args, { delivery }) => {
    const id = webhookIdOf(args);
    if (delivery !== undefined && !isId(delivery)) throw new CliError(DELIVERY_MALFORMED);
    return inService(env, async (get) => ({
      json: { replayed: await onWebhook(get(WebhookMessagesService).replay(id, delivery)) },
    }));
  },
};
