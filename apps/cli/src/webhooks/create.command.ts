import { isOutboxEventKind, OUTBOX_EVENT_KINDS } from '@app/outbox';
import { WebhookEndpointsService, WebhookUrlsService } from '@app/webhooks';
import { CliError, type ErrorSpec } from '../program/cli-error.js';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { printedSecret, SECRET_MEMBERS } from './webhook-id.js';

const EVENT_UNKNOWN: ErrorSpec = {
  code: 'event_unknown',
  en: 'Name the events by --event, once or more.\nThe events are: {events}.',
  zh: '请用 --event 指定一个或多个事件。\n可用的事件：{events}。',
  exitCode: 2,
};

const EVENTS = OUTBOX_EVENT_KINDS.join(', ');

/** `passport webhooks create`. */
export const create: CommandSpec<{ event?: string[] }> = {
  name: 'create',
  summary: {
    en: 'Sends events to an address from now on, and prints the secret once',
    zh: '开始向一个地址发送事件，密钥仅显示一次',
  },
  arguments: [
    [
      '<url>',
      {
        en: 'https address of the receiver; WEBHOOK_ALLOWED_HOSTS allows others',
        zh: '接收方的 https 地址；其他地址须加入 WEBHOOK_ALLOWED_HOSTS',
      },
    ],
  ],
  options: [['--event <event...>', { en: `events to send: ${EVENTS}`, zh: `要发送的事件：${EVENTS}` }]],
  examples: ['https://shop.example.com/hooks --event user.created --event user.deleted --json'],
  members: SECRET_MEMBERS,
  failure: { en: 'the address is refused, or there are 20 webhooks', zh: '地址不可用，或已有 20 个 webhook' },
  run: ({ env }, [url = ''], { event = [] }) => {
    if (event.length === 0 || !event.every(isOutboxEventKind))
      throw new CliError(EVENT_UNKNOWN, { events: EVENTS });
    return inService(env, async (get) => {
      const checked = await get(WebhookUrlsService).checked(url);
      return printedSecret(await get(WebhookEndpointsService).create(checked, event));
    });
  },
};
