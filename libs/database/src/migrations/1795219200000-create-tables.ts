import type { MigrationInterface, QueryRunner, TableOptions } from 'typeorm';
import { counter, document, id, optional, primaryId, tableFor, text, time } from './columns.js';

const TABLES: TableOptions[] = [
  {
    name: 'users',
    columns: [
      primaryId(),
      time('created_at'),
      optional(text('nickname', 64)),
      optional(text('avatar_url', 512)),
      optional(time('disabled_at')),
    ],
    indices: [{ name: 'ix_users_disabled_at', columnNames: ['disabled_at'] }],
  },
  {
    name: 'weixin_identities',
    columns: [
      primaryId(),
      text('appid', 64),
      text('openid', 64),
      id('user_id'),
      optional(text('unionid', 64)),
      text('session_key', 255),
      time('session_key_at'),
      time('created_at'),
    ],
    uniques: [{ name: 'uq_weixin_identities_appid_openid', columnNames: ['appid', 'openid'] }],
    indices: [{ name: 'ix_weixin_identities_user_id', columnNames: ['user_id'] }],
  },
  {
    name: 'sessions',
    columns: [
      primaryId(),
      id('user_id'),
      id('identity_id'),
      text('appid', 64),
      counter('generation'),
      time('rotated_at'),
      time('created_at'),
      time('last_used_at'),
      time('expires_at'),
      optional(time('revoked_at')),
      optional(text('revoked_reason', 32)),
      optional(text('device_id', 64)),
      optional(text('device', 255)),
      optional(text('ip', 64)),
    ],
    indices: [
      { name: 'ix_sessions_user_id_revoked_at', columnNames: ['user_id', 'revoked_at', 'created_at'] },
      { name: 'ix_sessions_revoked_at', columnNames: ['revoked_at'] },
    ],
  },
  {
    name: 'signing_keys',
    columns: [
      { ...text('id', 43), isPrimary: true },
      text('state', 16),
      text('public_jwk', 1024),
      text('private_key', 2048),
      time('created_at'),
    ],
    uniques: [{ name: 'uq_signing_keys_state', columnNames: ['state'] }],
  },
  {
    name: 'auth_events',
    columns: [
      primaryId(),
      time('at'),
      text('kind', 32),
      optional(id('user_id')),
      optional(id('session_id')),
      optional(text('appid', 64)),
      optional(text('ip', 64)),
      optional(text('user_agent', 255)),
      optional(text('detail', 64)),
    ],
  },
  {
    name: 'user_documents',
    columns: [primaryId('user_id'), counter('version'), document('body'), time('updated_at')],
  },
];

export class CreateTables1795219200000 implements MigrationInterface {
  readonly name = 'CreateTables1795219200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(tableFor(runner, table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of TABLES.toReversed()) await runner.dropTable(name);
  }
}
