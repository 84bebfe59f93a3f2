import type { SigningKeyStoreService } from '@app/auth';
import { columns } from '../program/columns.js';
import type { Output } from '../program/command-spec.js';

/** The members of the JSON of each command that prints the keys. */
export const KEY_LIST_MEMBERS = {
  keys: {
    en: 'id, state (next, current, previous) and created_at of each key, the oldest first',
    zh: '每把密钥的 id、state（next、current、previous）和 created_at，按创建时间排列',
  },
};

/** Returns the signing keys without their private halves. */
export async function listKeys(store: SigningKeyStoreService, heading?: string): Promise<Output> {
  const keys = (await store.list()).map(({ id, state, createdAt }) => ({
    id,
    state,
    created_at: new Date(createdAt).toISOString(),
  }));
  const table = columns(keys.map((key) => [key.state, key.id, key.created_at]));
  return { json: { keys }, text: heading === undefined ? table : `${heading}\n${table}` };
}
