import { createHash, randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { type Database, withConnection } from './databases.js';
import { APPID } from './service.js';

/** Every event that the service reports. */
const EVENTS =
  'user.created user.updated user.phone_bound user.merged user.disabled user.enabled user.deletion_requested ' +
  'user.deleted session.ended refresh_token.reused consent.withdrawn weixin.push';
/** In epoch milliseconds, after every run. */
const FAR_AHEAD = 9_000_000_000_000;

/** Creates a service account that may ask about {@link APPID}. @returns the header `Authorization` of `client_secret_basic` */
export async function createServiceAccount(database: Database): Promise<string> {
  const [id, secret] = [v7(), randomBytes(32).toString('base64url')];
  const hash = createHash('sha256').update(secret).digest('base64url');
  await insert(database, 'service_accounts', {
    ...{ id, name: id, scopes: 'users:read', appids: APPID, secret_hash: hash, created_at: Date.now() },
  });
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

/**
 * Creates a webhook for every event. Another process has the lease of its delivery, so the measured instances append messages
 * and send none.
 */
export function createWebhook(database: Database): Promise<void> {
  return insert(database, 'webhook_endpoints', {
    ...{ id: v7(), slot: 0, url: 'https://bench.invalid/', events: EVENTS, secret: 'never opened' },
    ...{ created_at: Date.now(), lease_owner: 'bench', lease_until: FAR_AHEAD },
  });
}

/** Inserts a row; no value may contain a quote. */
function insert({ url }: Database, table: string, row: Record<string, string | number>): Promise<void> {
  const values = Object.values(row).map((value) => (typeof value === 'string' ? `'${value}'` : value));
  const sql = `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${values.join(', ')})`;
  return withConnection(url, async (query) => {
    await query(sql);
  });
}
