import { existsSync } from 'node:fs';
import sqlite3 from 'sqlite3';
import { DataSource } from 'typeorm';
import { CliError, type ErrorSpec } from '../program/cli-error.js';

/** A row of `auth_user` with the `items` of its profile, as stored. */
export interface DjangoRow {
  readonly id: number;
  readonly username: string;
  readonly is_active: number;
  readonly is_staff: number;
  readonly is_superuser: number;
  readonly date_joined: string;
  readonly items: unknown;
}

const UNREADABLE: ErrorSpec = {
  code: 'django_file_unreadable',
  en: '{file} does not open: {reason}\nName the SQLite file of the Django project: DATABASES in its settings.py has the path.',
  zh: '无法打开 {file}：{reason}\n请指定 Django 项目的 SQLite 文件，路径见 settings.py 中的 DATABASES。',
};
const NOT_DJANGO: ErrorSpec = {
  code: 'django_users_missing',
  en: '{file} has no table auth_user.\nName the SQLite file of the Django project: DATABASES in its settings.py has the path.',
  zh: '{file} 中没有 auth_user 表。\n请指定 Django 项目的 SQLite 文件，路径见 settings.py 中的 DATABASES。',
};
const NO_PROFILE: ErrorSpec = {
  code: 'django_profile_missing',
  en: '{file} has no table {wanted} with the columns user_id and items.\nName the table of the profiles: --profile-table <table>.',
  zh: '{file} 中没有包含 user_id 和 items 列的 {wanted} 表。\n请用 --profile-table <table> 指定 profile 表。',
};
const SEVERAL_PROFILES: ErrorSpec = {
  code: 'django_profile_ambiguous',
  en: 'Several tables have the columns user_id and items: {tables}\nName one of them: --profile-table <table>.',
  zh: '多张表包含 user_id 和 items 列：{tables}\n请用 --profile-table <table> 指定其中一张。',
};

/** The SQLite file of a Django project, opened for reading only. */
export class DjangoDatabase {
  private constructor(
    private readonly dataSource: DataSource,
    private readonly profileTable: string,
  ) {}

  /**
   * @param profileTable the table of the model with `user` and `items`; default: the one whose name ends with `_profile`
   * @throws {CliError} for a file that is no such database, or with several such tables
   */
  static async open(file: string, profileTable?: string): Promise<DjangoDatabase> {
    // TypeORM would create the folder of a file that does not exist.
    if (!existsSync(file)) throw new CliError(UNREADABLE, { file, reason: 'ENOENT' });
    const dataSource = new DataSource({ type: 'sqlite', database: file, flags: sqlite3.OPEN_READONLY });
    try {
      await dataSource.initialize();
      return new DjangoDatabase(dataSource, await findProfileTable(dataSource, file, profileTable));
    } catch (error) {
      if (dataSource.isInitialized) await dataSource.destroy();
      throw error instanceof CliError
        ? error
        : new CliError(UNREADABLE, { file, reason: (error as Error).message });
    }
  }

  /** Yields all users in the order of their ids, in batches. */
  async *batches(size: number): AsyncGenerator<DjangoRow[]> {
    const sql = `SELECT u.id, u.username, u.is_active, u.is_staff, u.is_superuser, u.date_joined, p.items
      FROM auth_user u LEFT JOIN ${quoted(this.profileTable)} p ON p.user_id = u.id
      WHERE u.id > ? ORDER BY u.id LIMIT ?`;
    for (let after = -1; ;) {
      const rows = await this.dataSource.query<DjangoRow[]>(sql, [after, size]);
      const last = rows.at(-1);
      if (!last) return;
      yield rows;
      after = last.id;
    }
  }

  close(): Promise<void> {
    return this.dataSource.destroy();
  }
}

async function findProfileTable(dataSource: DataSource, file: string, wanted?: string): Promise<string> {
  const columns = await dataSource.query<{ name: string; columns: string }[]>(
    `SELECT m.name, group_concat(c.name) AS columns FROM sqlite_master m JOIN pragma_table_info(m.name) c
      WHERE m.type = 'table' GROUP BY m.name`,
  );
  if (!columns.some(({ name }) => name === 'auth_user')) throw new CliError(NOT_DJANGO, { file });
  const [table, ...others] = columns
    .filter(({ name }) => (wanted === undefined ? name.endsWith('_profile') : name === wanted))
    .filter(({ columns }) => ['user_id', 'items'].every((needed) => columns.split(',').includes(needed)))
    .map(({ name }) => name);
  if (table === undefined) throw new CliError(NO_PROFILE, { file, wanted: wanted ?? '…_profile' });
  if (others.length > 0) throw new CliError(SEVERAL_PROFILES, { tables: [table, ...others].join(', ') });
  return table;
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
