import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { counter, id, optional, primaryId, text, time } from './columns.js';

const TABLES = [
  new Table({
    name: 'users',
    columns: [
      primaryId(),
      time('created_at'),
      optional(text('nickname', 64)),
      optional(text('avatar_url', 512)),
      optional(time('disabled_at')),
    ],
    indices: [{ name: 'ix_users_disabled_at', columnNames: ['disabled_at'] }],
  }),
  new Table({
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
  }),
  new Table({
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
  }),
  new Table({
    name: 'signing_keys',
    columns: [
      { ...text('id', 43), isPrimary: true },
      text('state', 16),
      text('public_jwk', 1024),
      text('private_key', 2048),
      time('created_at'),
    ],
    uniques: [{ name: 'uq_signing_keys_state', columnNames: ['state'] }],
  }),
  new Table({
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
  }),
  new Table({
    name: 'user_documents',
    columns: [primaryId('user_id'), counter('version'), { name: 'body', type: 'text' }, time('updated_at')],
  }),
];

export class CreateTables1795219200000 implements MigrationInterface {
  readonly name = 'CreateTables1795219200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table);
  }
}
