import { WebhookEndpointsService } from '@app/webhooks';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import {
  onWebhook,
  printedSecret,
  SECRET_MEMBERS,
  WEBHOOK_FAILURE,
  WEBHOOK_ID,
  webhookIdOf,
} from './webhook-id.js';

/** `passport webhooks rotate`. */
export const rotate: CommandSpec<{ compromised?: true }> = {
  name: 'rotate',
  summary: {
    en: 'Makes a new secret; the one before signs too until the next rotation',
    zh: '生成新密钥，原密钥在下次轮换前继续参与签名',
  },
  arguments: WEBHOOK_ID,
  options: [['--compromised', { en: 'the secret before signs no longer', zh: '原密钥立即停止参与签名' }]],
  examples: ['01900000-0000-7000-8000-000000000000 --json'],
  members: SECRET_MEMBERS,
  failure: WEBHOOK_FAILURE,
  run: ({ env }, args, { compromised = false }) => {
    const id = webhookIdOf(args);
    return inService(env, async (get) =>
      printedSecret(await onWebhook(get(WebhookEndpointsService).rotate(id, compromised))),
    );
  },
};
