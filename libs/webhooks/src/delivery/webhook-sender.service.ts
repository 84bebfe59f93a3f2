import { Injectable } from '@nestjs/common';
import { SealerService } from '@app/crypto';
import type { WebhookEndpoint } from '@app/outbox';
import { webhookSecretColumn } from '../endpoints/webhook-secret.js';
import { WebhookTransport } from '../transport/webhook-transport.js';
import { type WebhookContent, webhookHeaders } from './sign-webhook.js';

/** Returns whether the result of an attempt is the receiver's consent: a status 2xx. */
export const isDelivered = (result: string): boolean => /^2\d\d$/.test(result);

/** Signs messages and sends them. */
@Injectable()
export class WebhookSenderService {
  constructor(
    private readonly sealer: SealerService,
    private readonly transport: WebhookTransport,
  ) {}

  /**
   * Sends a message once.
   * @returns as {@link WebhookTransport.send}
   * @throws {UnsealError}
   */
  async send(endpoint: WebhookEndpoint, content: WebhookContent, signal?: AbortSignal): Promise<string> {
    const headers = webhookHeaders(content, this.secretsOf(endpoint), Date.now());
    return this.transport.send(new URL(endpoint.url), headers, content.body, signal);
  }

  private secretsOf({ id, secret, previousSecret }: WebhookEndpoint): string[] {
    const current = this.sealer.unseal(secret, webhookSecretColumn(id, 'secret'));
    if (previousSecret === null) return [current];
    return [current, this.sealer.unseal(previousSecret, webhookSecretColumn(id, 'previous_secret'))];
  }
}
