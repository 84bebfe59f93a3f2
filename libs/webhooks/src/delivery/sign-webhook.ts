import { createHmac } from 'node:crypto';

/** What a receiver gets: an id that is the same in each attempt, and a body. */
export interface WebhookContent {
  readonly id: string;
  /** JSON. */
  readonly body: string;
}

/**
 * Returns the headers of an attempt by Standard Webhooks: a signature for each secret, so that a receiver may know either
 * during a rotation.
 * @param secrets `whsec_…`
 * @param sentAt epoch milliseconds
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function webhookHeaders(
  { id, body }: WebhookContent,
  secrets: readonly string[],
  sentAt: number,
): Record<string, string> {
  const timestamp = String(Math.floor(sentAt / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'content-type': 'application/json',
    'user-agent': 'weapp-passport',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
