import type { DataSource, DataSourceOptions } from 'typeorm';

/** The supported kinds of databases. MariaDB counts as MySQL. */
export type Dialect = 'sqlite' | 'postgres' | 'mysql';

/** Returns the dialect of a `DATABASE_URL`. */
export function dialectOfUrl(url: string): Dialect {
  if (/^postgres(ql)?:/.test(url)) return 'postgres';
  return /^(mysql|mariadb):/.test(url) ? 'mysql' : 'sqlite';
}

/** Returns a `DATABASE_URL` without user, password and options, for messages. */
export function publicUrl(url: string): string {
  if (dialectOfUrl(url) === 'sqlite') return url;
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** Returns the dialect of a data source. */
export const dialectOf = ({ options }: Pick<DataSource, 'options'>): Dialect => DIALECTS[options.type];

// Indexed by TypeORM's names of databases, of which this service supports three.
const DIALECTS = { sqlite: 'sqlite', postgres: 'postgres', mysql: 'mysql' } as Readonly<
  Record<DataSourceOptions['type'], Dialect>
>;
