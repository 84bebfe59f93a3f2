import { type MigrationInterface, type QueryRunner, TableIndex, type TableOptions } from 'typeorm';
import { columnFor, counter, id, optional, primaryId, tableFor, text, time } from './columns.js';

const TABLES: TableOptions[] = [
  {
    name: 'weixin_unions',
    columns: [{ ...text('unionid', 64), isPrimary: true }, id('user_id')],
    indices: [{ name: 'ix_weixin_unions_user_id', columnNames: ['user_id'] }],
  },
  {
    name: 'user_phones',
    columns: [
      primaryId('user_id'),
      optional(text('phone', 255)),
      optional(text('phone_hash', 96)),
      optional(time('bound_at')),
      counter('quota_day'),
      counter('quota_used'),
    ],
    indices: [{ name: 'ix_user_phones_phone_hash', columnNames: ['phone_hash'] }],
  },
  {
    name: 'weixin_access_tokens',
    columns: [
      { ...text('appid', 64), isPrimary: true },
      optional(text('token', 1024)),
      optional(time('expires_at')),
      optional(id('lease_holder')),
      optional(time('leased_until')),
    ],
  },
];

const MERGED_INTO = optional(id('merged_into'));
const SESSION_KEY = text('session_key', 255);
const OPTIONAL_SESSION_KEY = optional(text('session_key', 255));
const UNIONID = new TableIndex({ name: 'ix_weixin_identities_unionid', columnNames: ['unionid'] });

/** People known by several mini-programs, their phone numbers, and the access tokens that instances share. */
export class WeixinIdentity1795305600000 implements MigrationInterface {
  readonly name = 'WeixinIdentity1795305600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(tableFor(runner, table));
    await runner.addColumn('users', columnFor(runner, MERGED_INTO));
    await runner.changeColumn('weixin_identities', 'session_key', columnFor(runner, OPTIONAL_SESSION_KEY));
    await runner.createIndex('weixin_identities', UNIONID);
    // Ids are UUIDv7: the smallest is the oldest. The others stay apart until their person merges them.
    await runner.query(`INSERT INTO weixin_unions (unionid, user_id)
      SELECT unionid, MIN(user_id) FROM weixin_identities WHERE unionid IS NOT NULL GROUP BY unionid`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('weixin_identities', UNIONID);
    await runner.query(`DELETE FROM weixin_identities WHERE session_key IS NULL`);
    await runner.changeColumn('weixin_identities', 'session_key', columnFor(runner, SESSION_KEY));
    await runner.dropColumn('users', 'merged_into');
    for (const { name } of TABLES.toReversed()) await runner.dropTable(name);
  }
}
