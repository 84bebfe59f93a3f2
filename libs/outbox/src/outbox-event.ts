/** The data of each kind of event, as receivers get it. Ids only: never an openid, unionid, phone number, name or token. */
export interface OutboxEventData {
  'user.created': { user_id: string; appid: string };
  /** `changed`: names of the members of the profile, `phone` if WeChat has withdrawn it, or `custom_claims`. */
  'user.updated': { user_id: string; changed: readonly string[] };
  'user.phone_bound': { user_id: string };
  /** `user_id` remains. */
  'user.merged': { user_id: string; merged_user_id: string };
  /** `until`: ISO 8601, when the user is enabled again without an event; null: never. */
  'user.disabled': { user_id: string; until: string | null };
  'user.enabled': { user_id: string };
  /** `deletes_at`: ISO 8601. */
  'user.deletion_requested': { user_id: string; deletes_at: string };
  /** `merged_user_ids`: the users that were merged into this one before. */
  'user.deleted': { user_id: string; merged_user_ids: readonly string[] };
  'session.ended': { user_id: string; session_id: string; appid: string; reason: string };
  'refresh_token.reused': { user_id: string; session_id: string; appid: string };
  'consent.withdrawn': { user_id: string; kind: string };
  /** The content of the push is not in it. `user_id`: null if no user has the openid. */
  'weixin.push': { user_id: string | null; appid: string; event: string; push_id: string };
}

/** What can be subscribed to. */
export type OutboxEventKind = keyof OutboxEventData;

/** One change, for the receivers that subscribe to its kind. */
export type OutboxEvent = {
  [Kind in OutboxEventKind]: { readonly kind: Kind; readonly data: Readonly<OutboxEventData[Kind]> };
}[OutboxEventKind];

// A record, so that the compiler finds a kind that is missing here.
const KINDS: Readonly<Record<OutboxEventKind, true>> = {
  'user.created': true,
  'user.updated': true,
  'user.phone_bound': true,
  'user.merged': true,
  'user.disabled': true,
  'user.enabled': true,
  'user.deletion_requested': true,
  'user.deleted': true,
  'session.ended': true,
  'refresh_token.reused': true,
  'consent.withdrawn': true,
  'weixin.push': true,
};

/** Every kind of event. */
export const OUTBOX_EVENT_KINDS = Object.keys(KINDS) as readonly OutboxEventKind[];

/** Returns whether a text is a kind of event. */
export const isOutboxEventKind = (text: string): text is OutboxEventKind => Object.hasOwn(KINDS, text);
