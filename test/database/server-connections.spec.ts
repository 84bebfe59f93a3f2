import { DataSource } from 'typeorm';
import { expect, it } from 'vitest';
import { dataSourceOptions } from '../../libs/database/src/data-source.js';
import { databaseKind } from '../support/database.js';
import { rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';

const POOL_SIZE = 4;
const stack = useStack({ DATABASE_POOL_SIZE: String(POOL_SIZE), RATE_LIMIT_LOGIN_PER_MINUTE: '0' });

/** The connections of the service at the server, and the one that counts them. */
const COUNT = {
  postgres:
    "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'",
  mysql:
    "SELECT count(*) AS n FROM information_schema.processlist WHERE db = database() AND command <> 'Sleep'",
}[databaseKind as 'postgres' | 'mysql'];
const LOCK = { postgres: 'LOCK TABLE sessions', mysql: 'LOCK TABLES sessions WRITE' }[
  databaseKind as 'postgres' | 'mysql'
];

it('a server whose statements hang holds no more connections than the pool, however many calls fail', async () => {
  const other = new DataSource(dataSourceOptions({ DATABASE_URL: stack.databaseUrl, DATABASE_POOL_SIZE: 1 }));
  await other.initialize();
  const holder = other.createQueryRunner();
  try {
    if (databaseKind === 'postgres') await holder.query('BEGIN');
    await holder.query(LOCK);
    // Four rounds: after each, the pool opens new connections for those that it has cut.
    for (let round = 0; round < 4; round += 1) {
      const codes = await Promise.all(Array.from({ length: POOL_SIZE }, () => stack.code()));
      const answers = await Promise.all(codes.map((code) => stack.login({ code })));
      expect(answers.map(({ status }) => status)).toEqual(codes.map(() => 503));
    }
    await expect
      .poll(async () => Number((await rows<{ n: number }>(stack.databaseUrl, COUNT))[0]?.n), {
        timeout: 3000,
      })
      .toBeLessThanOrEqual(POOL_SIZE + 2);
  } finally {
    await other.destroy();
  }
  expect((await stack.login({ code: await stack.code() })).status).toBe(200);
});
