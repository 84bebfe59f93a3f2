import { databaseUrl, integer, oneOf, redisUrl, secret, secrets } from '../validators.js';

/** Where the data is kept and what instances share, and the secret that seals it. */
export const STORAGE_VARIABLES = {
  DATABASE_URL: databaseUrl({
    default: 'sqlite:data/weapp-passport.sqlite',
    desc: 'Where the data is kept: `sqlite:relative/path`, `sqlite:/absolute/path`, or `sqlite::memory:` for a database that is gone at exit; `postgres://user:password@host:port/database` or `mysql://user:password@host:port/database` (MariaDB too), with the query options of the drivers pg and mysql2. Migrations run at start, under a lock.',
  }),
  DATABASE_POOL_SIZE: integer(
    1,
    1000,
  )({
    default: 10,
    desc: 'Connections to PostgreSQL or MySQL that one instance opens at most; two more while it migrates at start. SQLite has always two.',
  }),
  SQLITE_SYNCHRONOUS: oneOf(
    'normal',
    'full',
  )({
    default: 'normal',
    desc: 'What a power loss costs on SQLite. `normal`: the writes of the last moments, and who was active then logs in again silently; the file stays sound. `full`: no write that was answered, at the price of one sync of the disk for each transaction. The death of the process alone loses nothing with either. See [operations.md](operations.md#power-loss).',
  }),
  REDIS_URL: redisUrl({
    default: undefined,
    docs: 'none',
    desc: 'A Redis that several instances share: `redis://user:password@host:port/number`, or `rediss://…` with TLS. Limits then count for all instances together, and the end of a session reaches the others at once. Nothing else needs it; while it does not answer, the service goes on without it. Several services may share one Redis, as long as their `JWT_ISSUER` differs.',
  }),
  SECRET_KEY: secret({
    default: undefined,
    docs: 'production: required; else made once in `data/secret.key`',
    desc: 'At least 32 bytes of randomness. Every other key is derived from it, so losing it makes sealed data unreadable.',
  }),
  SECRET_KEY_FALLBACKS: secrets({
    default: [],
    docs: 'none',
    desc: 'Older values of `SECRET_KEY`, comma-separated: still accepted for reading, never used for writing.',
  }),
};
