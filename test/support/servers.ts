/** The servers of `npm run test:services`: for each, the address of an existing database. */
export const SERVERS: Readonly<Record<string, string>> = {
  TEST_POSTGRES_URL: process.env['TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test',
  TEST_MYSQL_URL: process.env['TEST_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306/test',
};

/** The Redis of `npm run test:services`. */
export const REDIS_URL = process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379';
