import { databaseUrl, integer, oneOf, redisUrl, secret, secrets } from '../validators.js';

/** The variables of the database, of Redis and of the secret that encrypts stored values. */
export const STORAGE_VARIABLES = {
  DATABASE_URL: databaseUrl({
    default: 'sqlite:data/weapp-passport.sqlite',
    desc: 'Database of the service: `sqlite:relative/path`, `sqlite:/absolute/path`, or `sqlite::memory:`, which is lost at exit; `postgres://user:password@host:port/database` or `mysql://user:password@host:port/database` (also for MariaDB), with the query options of the drivers pg and mysql2. On WeChat Cloud Run (`WEIXIN_CLOUD_RUN`), the default is the database `weapp_passport` of `MYSQL_ADDRESS`, `MYSQL_USERNAME` and `MYSQL_PASSWORD`, which the platform sets. Migrations run at the start, under a lock.',
  }),
  DATABASE_POOL_SIZE: integer(
    1,
    1000,
  )({
    default: 10,
    desc: 'Maximum number of connections that one instance opens to PostgreSQL or MySQL; two more while it migrates at the start. SQLite always has two.',
  }),
  SQLITE_SYNCHRONOUS: oneOf(
    'normal',
    'full',
  )({
    default: 'normal',
    desc: 'What a power loss costs on SQLite. `normal`: the most recent writes are lost, and users who were active then are logged in again silently; the file stays intact. `full`: no acknowledged write is lost, but each transaction waits for a disk sync. If only the process is killed, neither loses anything. See [operations.md](operations.md#power-loss).',
  }),
  REDIS_URL: redisUrl({
    default: undefined,
    docs: 'none',
    desc: 'A Redis that all instances share: `redis://user:password@host:port/number`, or `rediss://…` with TLS. With it, rate limits count across all instances, and a revoked session is refused by the other instances immediately. Redis is optional: while it does not answer, the service continues without it. Several services may share one Redis if their `JWT_ISSUER` differs.',
  }),
  SECRET_KEY: secret({
    default: undefined,
    docs: 'production: required; else made once in `data/secret.key`',
    desc: 'At least 32 random bytes. All other keys are derived from it: if it is lost, the encrypted data cannot be read.',
  }),
  SECRET_KEY_FALLBACKS: secrets({
    default: [],
    docs: 'none',
    desc: 'Former values of `SECRET_KEY`, comma-separated: accepted for reading, never used for writing.',
  }),
};
