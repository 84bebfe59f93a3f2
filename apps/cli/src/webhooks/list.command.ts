import { WebhookEndpointsService, WebhookResponse } from '@app/webhooks';
import { columns } from '../program/columns.js';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';

/** `passport webhooks list`. */
export const list: CommandSpec = {
  name: 'list',
  summary: { en: 'Lists the webhooks, without their secrets', zh: '列出 webhook，不含密钥' },
  examples: ['', '--json'],
  members: {
    items: {
      en: 'id, url, events, live_secrets, created_at and rotated_at of each webhook, the oldest first',
      zh: '每个 webhook 的 id、url、events、live_secrets（有效密钥数）、created_at 和 rotated_at，按创建时间排列',
    },
  },
  failure: { en: 'the webhooks cannot be read', zh: '无法读取 webhook' },
  run: ({ env }) =>
    inService(env, async (get) => {
      const endpoints = await get(WebhookEndpointsService).list();
      const items = endpoints.map((endpoint) => WebhookResponse.of(endpoint));
      return {
        json: { items },
        text: columns(items.map(({ id, url, events }) => [id, url, events.join(' ')])),
      };
    }),
};
