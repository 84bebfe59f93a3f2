import { ServiceAccountsService } from '@app/admin';
import { columns } from '../program/columns.js';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';

const iso = (epochMs: number | null) => (epochMs === null ? null : new Date(epochMs).toISOString());

/** `passport service-accounts list`. */
export const list: CommandSpec = {
  name: 'list',
  summary: { en: 'Lists the accounts, without their secrets', zh: '列出账号，不含 secret' },
  examples: ['', '--json'],
  members: {
    items: {
      en: 'name, client_id, scopes, apps, live_secrets, created_at, rotated_at and revoked_at of each account, the oldest first',
      zh: '每个账号的 name、client_id、scopes、apps、live_secrets（有效 secret 数）、created_at、rotated_at 和 revoked_at，按创建时间排列',
    },
  },
  failure: { en: 'the accounts cannot be read', zh: '无法读取账号' },
  run: ({ env, t }) =>
    inService(env, async (get) => {
      const items = (await get(ServiceAccountsService).list()).map((account) => ({
        name: account.name,
        client_id: account.id,
        scopes: account.scopes.split(' ').filter(Boolean),
        apps: account.appids.split(' '),
        live_secrets: account.revokedAt !== null ? 0 : account.previousSecretHash === null ? 1 : 2,
        created_at: iso(account.createdAt),
        rotated_at: iso(account.rotatedAt),
        revoked_at: iso(account.revokedAt),
      }));
      const rows = items.map((item) => [
        item.name,
        item.client_id,
        item.revoked_at === null
          ? t({ en: '{n} live secrets', zh: '{n} 个有效 secret' }, { n: item.live_secrets })
          : t({ en: 'revoked', zh: '已吊销' }),
        item.scopes.join(' ') || '-',
        item.apps.join(' '),
      ]);
      return { json: { items }, text: columns(rows) };
    }),
};
