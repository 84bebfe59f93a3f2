import { OUTBOX_MESSAGE_STATES, type OutboxMessageState } from '@app/outbox';
import { WebhookDeliveryResponse, WebhookMessagesService } from '@app/webhooks';
import { columns } from '../program/columns.js';
import { CliError, type ErrorSpec } from '../program/cli-error.js';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { onWebhook, WEBHOOK_FAILURE, WEBHOOK_ID, webhookIdOf } from './webhook-id.js';

const LIMIT = 100;
const STATES = OUTBOX_MESSAGE_STATES.join(', ');

const STATE_UNKNOWN: ErrorSpec = {
  code: 'state_unknown',
  en: 'There is no such state.\nThe states are: {states}.',
  zh: '没有这样的状态。\n可用的状态：{states}。',
  exitCode: 2,
};

const isState = (text: string): text is OutboxMessageState =>
  OUTBOX_MESSAGE_STATES.some((state) => state === text);

/** `passport webhooks deliveries`. */
export const deliveries: CommandSpec<{ state?: string }> = {
  name: 'deliveries',
  summary: {
    en: `Lists the last ${LIMIT} deliveries of a webhook, the newest first`,
    zh: `列出 webhook 最近 ${LIMIT} 条投递记录，最新的在前`,
  },
  arguments: WEBHOOK_ID,
  options: [['--state <state>', { en: `of one state: ${STATES}`, zh: `只列出某个状态：${STATES}` }]],
  examples: ['01900000-0000-7000-8000-000000000000 --state dead'],
  members: {
    items: {
      en: 'id, event_id, event, user_id, state, attempts, last_result, created_at, next_attempt_at and ended_at of each delivery',
      zh: '每条投递记录的 id、event_id、event、user_id、state、attempts、last_result、created_at、next_attempt_at 和 ended_at',
    },
  },
  failure: WEBHOOK_FAILURE,
  run: ({ env }, args, { state }) => {
    const id = webhookIdOf(args);
    if (state !== undefined && !isState(state)) throw new CliError(STATE_UNKNOWN, { states: STATES });
    return inService(env, async (get) => {
      const messages = await onWebhook(get(WebhookMessagesService).list(id, { state, limit: LIMIT }));
      const items = messages.map((message) => WebhookDeliveryResponse.of(message));
      const rows = items.map((item) => [
        item.id,
        item.event,
        item.state,
        String(item.attempts),
        item.last_result ?? '-',
      ]);
      return { json: { items }, text: columns(rows) };
    });
  },
};
