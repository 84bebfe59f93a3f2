import { randomBytes } from 'node:crypto';
import { v4, v7 } from 'uuid';
import { openidOf } from './people.mjs';
import { TO_DO_LIST } from './requests.mjs';
import { APPID } from './settings.mjs';

/** @typedef {string | number | null} Value */

const DAY_MS = 86_400_000;
/** The first person came so long ago, the last one just now. */
const YEARS_MS = 365 * DAY_MS;
/** Sessions last 180 days, and 30 without use. */
const SESSION_MS = 170 * DAY_MS;
const IDLE_MS = 29 * DAY_MS;
const IDLE_TTL_MS = 30 * DAY_MS;
/** Bytes of the IV, of a session_key as base64 and of the tag. */
const SEALED_BYTES = 12 + 24 + 16;

/** The columns that {@link rowsOf} fills, in its order; those that came by a later migration have no value here. */
export const COLUMNS = {
  users: ['id', 'created_at'],
  weixin_identities: ['id', 'appid', 'openid', 'user_id', 'session_key', 'session_key_at', 'created_at'],
  sessions: [
    ...['id', 'user_id', 'identity_id', 'appid', 'generation', 'rotated_at', 'created_at'],
    ...['last_used_at', 'expires_at', 'device_id', 'device', 'ip'],
  ],
  user_documents: ['user_id', 'version', 'body', 'updated_at'],
};

/**
 * What a person who came in the past year left behind: an identity, a session that lives, a document. Ids are UUIDv7 of
 * their time, as the service makes them.
 * @param {number} person
 * @param {number} share 0 for who came first, towards 1 for who came last
 * @param {number} now epoch milliseconds
 * @returns {Record<keyof typeof COLUMNS, Value[]>}
 */
export function rowsOf(person, share, now) {
  /** @param {number} ms */
  const ago = (ms) => Math.round(now - ms * (1 - share));
  const [cameAt, loggedInAt, usedAt] = [ago(YEARS_MS), ago(SESSION_MS), ago(IDLE_MS)];
  const [userId, identityId] = [v7({ msecs: cameAt }), v7({ msecs: cameAt })];
  // Nobody opens it: there it is for its size.
  const sessionKey = `v1.seeded-seed.${randomBytes(SEALED_BYTES).toString('base64url')}`;
  const ip = `10.${(person >> 16) & 255}.${(person >> 8) & 255}.0`;
  return {
    users: [userId, cameAt],
    weixin_identities: [identityId, APPID, openidOf(person), userId, sessionKey, loggedInAt, cameAt],
    sessions: [
      ...[v7({ msecs: loggedInAt }), userId, identityId, APPID, 3, usedAt, loggedInAt],
      ...[usedAt, usedAt + IDLE_TTL_MS, v4(), 'iPhone 15 Pro', ip],
    ],
    user_documents: [userId, 1, TO_DO_LIST, usedAt],
  };
}
