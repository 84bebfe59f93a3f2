import { rows } from '../support/rows.js';
import type { useStack } from '../support/stack.js';

/** What a merge answers, or the code of its problem. */
export interface MergeBody {
  user_id: string;
  merged_user_id: string;
  version: number;
  code?: string;
}

const TABLES = [
  'users',
  'weixin_identities',
  'weixin_unions',
  'user_phones',
  'user_documents',
  'sessions',
  'auth_events',
];

/** Merges, and what there is to see of it. */
export function useMerging(stack: ReturnType<typeof useStack>) {
  return {
    merge: (token: string | undefined, json: unknown) =>
      stack.call<MergeBody>('/api/me/merge', { method: 'POST', token, json }),
    /** The status and the code of a merge that is refused. */
    async refusal(token: string | undefined, json: unknown): Promise<[number, unknown]> {
      const { status, body } = await this.merge(token, json);
      return [status, body.code];
    },
    post: (token: string, content: string) =>
      stack.call('/api/weixin/data/', { token, json: { items: [content] } }),
    document: (token: string) => stack.call('/api/weixin/data/', { token }),
    me: async (token: string) => (await stack.call('/api/me', { token })).body,
    rename: (token: string, profile: object) =>
      stack.call('/api/me', { method: 'PUT', token, json: profile }),
    mergedInto: async (userId: string) =>
      (
        await rows<{ merged_into: string | null }>(
          stack.databaseUrl,
          `SELECT merged_into FROM users WHERE id = '${userId}'`,
        )
      )[0]?.merged_into,
    /** Every row a merge may touch. */
    everything: () =>
      Promise.all(TABLES.map((table) => rows(stack.databaseUrl, `SELECT * FROM ${table} ORDER BY 1`))),
  };
}
