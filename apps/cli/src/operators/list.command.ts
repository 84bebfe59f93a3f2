import { InvitationsService, OperatorsService } from '@app/admin';
import { columns } from '../program/columns.js';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';

const iso = (epochMs: number | null) => (epochMs === null ? null : new Date(epochMs).toISOString());

/** `passport operators list`. */
export const list: CommandSpec = {
  name: 'list',
  summary: { en: 'Lists the operators and the pending invitations', zh: '列出操作员和待接受的邀请' },
  examples: ['', '--json'],
  members: {
    items: {
      en: 'name, role, created_at and last_seen_at of each operator, the oldest first; reset: whether new credentials are pending',
      zh: '每个操作员的 name、role、created_at 和 last_seen_at，按创建时间排列；reset 表示是否等待重新设置凭证',
    },
    invitations: {
      en: 'name, role and expires_at of each pending invitation',
      zh: '每个待接受邀请的 name、role 和 expires_at',
    },
  },
  failure: { en: 'the operators cannot be read', zh: '无法读取操作员' },
  run: ({ env, t }) =>
    inService(env, async (get) => {
      const items = (await get(OperatorsService).list()).map((operator) => ({
        name: operator.name,
        role: operator.role,
        created_at: iso(operator.createdAt),
        last_seen_at: iso(operator.lastSeenAt),
        reset: operator.passwordHash === null,
      }));
      const invitations = (await get(InvitationsService).pending()).map((invitation) => ({
        name: invitation.name,
        role: invitation.role,
        expires_at: iso(invitation.expiresAt),
      }));
      const none = t({
        en: 'There is no operator. Invite one: npm run passport -- operators invite <name>',
        zh: '还没有操作员。请先邀请：npm run passport -- operators invite <name>',
      });
      const rows = items.map((item) => [
        item.name,
        item.role,
        item.reset ? t({ en: 'reset', zh: '已重置' }) : (item.last_seen_at ?? '-'),
      ]);
      const pending = t({ en: 'invitation until', zh: '邀请有效期至' });
      rows.push(...invitations.map((one) => [one.name, one.role, `${pending} ${one.expires_at ?? ''}`]));
      return { json: { items, invitations }, text: rows.length === 0 ? none : columns(rows) };
    }),
};
