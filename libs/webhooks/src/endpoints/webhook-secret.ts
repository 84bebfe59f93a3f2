import { randomBytes } from 'node:crypto';
import type { SealedColumn } from '@app/crypto';

const SECRET_BYTES = 32;

/** Returns a new secret of Standard Webhooks: `whsec_` and base64 of 256 random bits. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;

/** Names a sealed secret of an endpoint. The present one moves to the other column at a rotation, sealed again. */
export const webhookSecretColumn = (
  endpointId: string,
  column: 'secret' | 'previous_secret',
): SealedColumn => ({ table: 'webhook_endpoints', column, primaryKey: endpointId });
