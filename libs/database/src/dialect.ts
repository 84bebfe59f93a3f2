import type { DataSource, DataSourceOptions } from 'typeorm';

/** The three families of databases this service speaks to. MariaDB counts as MySQL. */
export type Dialect = 'sqlite' | 'postgres' | 'mysql';

/** The dialect that a `DATABASE_URL` asks for. */
export function dialectOfUrl(url: string): Dialect {
  if (/^postgres(ql)?:/.test(url)) return 'postgres';
  return /^(mysql|mariadb):/.test(url) ? 'mysql' : 'sqlite';
}

/** A `DATABASE_URL` for people to read: without user, password and options. */
export function publicUrl(url: string): string {
  if (dialectOfUrl(url) === 'sqlite') return url;
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** The dialect a data source speaks. */
export const dialectOf = ({ options }: Pick<DataSource, 'options'>): Dialect => DIALECTS[options.type];

// Typed by TypeORM's own names, all of which but three are strangers here.
const DIALECTS = { sqlite: 'sqlite', postgres: 'postgres', mysql: 'mysql' } as Readonly<
  Record<DataSourceOptions['type'], Dialect>
>;
