/** What a receiver can subscribe to. */
export const WEBHOOK_EVENTS = [
  'user.created',
  'user.updated',
  'user.phone_bound',
  'user.merged',
  'user.disabled',
  'user.enabled',
  'user.deletion_requested',
  'user.deleted',
  'session.ended',
  'refresh_token.reused',
  'consent.withdrawn',
  'weixin.push',
] as const;

/** A receiver of events. */
export interface Webhook {
  id: string;
  url: string;
  events: string[];
  live_secrets: number;
  created_at: string;
  rotated_at: string | null;
}

/** The secret of a receiver, which is shown once. */
export interface WebhookSecret {
  id: string;
  secret: string;
}

/** One event for one receiver. */
export interface Delivery {
  id: string;
  event_id: string;
  event: string;
  user_id: string | null;
  state: 'pending' | 'delivered' | 'dead';
  attempts: number;
  last_result: string | null;
  created_at: string;
  next_attempt_at: string | null;
  ended_at: string | null;
}
