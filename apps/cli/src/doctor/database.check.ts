import { publicUrl } from '@app/database';
import type { Check, Diagnosis, Finding } from './diagnosis.js';
import type { Evidence } from './evidence.js';

/** What can be wrong with the database. */
export const DATABASE_DIAGNOSES = {
  database_closed: {
    title: { en: 'The database does not open', zh: '数据库无法打开' },
    cause: {
      en: 'The path of `DATABASE_URL` is wrong, the service may not read or make the file, or it is no database or a damaged one. Of PostgreSQL and MySQL: nothing answers at that address, or it refuses the user, the password or the database.',
      zh: '`DATABASE_URL` 的路径错误，服务无权读取或创建该文件，或该文件不是数据库或已损坏。使用 PostgreSQL 或 MySQL 时：该地址无响应，或拒绝了用户名、密码或数据库名。',
    },
    fix: {
      en: 'Compare the path, which begins at the folder the service is started in unless it is absolute. Give the user of the service the right to write the file and its folder. Restore a damaged database from a backup.',
      zh: '核对路径（非绝对路径时以启动服务的目录为起点）；让运行服务的用户可写该文件及其所在目录；数据库损坏时从备份恢复。',
    },
  },
  database_locked: {
    title: { en: 'The database is locked', zh: '数据库被锁定' },
    cause: {
      en: 'Another process holds the write lock for longer than the service waits: a backup, a SQLite shell with an open transaction, a hanging instance.',
      zh: '另一个进程持有写锁的时间超过了服务的等待时间：备份、未结束事务的 SQLite 命令行，或已挂起的实例。',
    },
    fix: {
      en: 'Find it (`lsof` on the file) and end its transaction or the process. Copy a live database by `VACUUM INTO`, never while it is locked.',
      zh: '用 `lsof` 找到该进程，结束其事务或进程。备份在用的数据库请使用 `VACUUM INTO`。',
    },
  },
  database_unwritable: {
    title: { en: 'The database cannot be written', zh: '数据库不可写' },
    cause: {
      en: 'The file, its folder or the volume is read-only for the user of the service, or the disk is full.',
      zh: '文件、所在目录或存储卷对运行服务的用户只读，或磁盘已满。',
    },
    fix: {
      en: 'Give the user of the service the right to write the file and its folder; mount the volume writable; free space.',
      zh: '让运行服务的用户可写该文件及其目录；以可写方式挂载存储卷；清理磁盘空间。',
    },
  },
  database_newer: {
    title: { en: 'The database is of a newer version of the service', zh: '数据库来自更新版本的服务' },
    cause: {
      en: 'A newer version has migrated it, and this one does not know what was changed.',
      zh: '更新版本的服务已迁移过该数据库，当前版本不了解其改动。',
    },
    fix: {
      en: 'Start the newer version, or restore the backup from before the migration.',
      zh: '启动更新的版本，或恢复迁移之前的备份。',
    },
  },
  database_missing: {
    isHint: true,
    title: { en: 'There is no database yet', zh: '尚无数据库' },
    cause: { en: 'The service was never started here.', zh: '服务从未在此启动过。' },
    fix: {
      en: 'Nothing, if that is so: the first start makes it. Else `DATABASE_URL` points at another place.',
      zh: '若确实如此则无需处理：首次启动会创建它。否则说明 `DATABASE_URL` 指向了别处。',
    },
  },
  database_older: {
    isHint: true,
    title: { en: 'The next start migrates the database', zh: '下次启动将迁移数据库' },
    cause: { en: 'It is of an older version of the service.', zh: '数据库来自较旧版本的服务。' },
    fix: { en: 'Back it up before the start.', zh: '启动前请先备份。' },
  },
} as const satisfies Record<string, Diagnosis>;

/** Opens, has known tables, can be written. */
export const databaseCheck: Check<Evidence> = {
  title: { en: 'Database', zh: '数据库' },
  async run(evidence) {
    const about = publicUrl(evidence.config.DATABASE_URL);
    try {
      const database = await evidence.database();
      if (!database) {
        const inMemory = about === 'sqlite::memory:';
        return inMemory ? [] : [{ diagnosis: DATABASE_DIAGNOSES.database_missing, about }];
      }
      const { pending, unknown } = await database.migrationGap();
      if (unknown > 0) return [{ diagnosis: DATABASE_DIAGNOSES.database_newer, about }];
      const findings: Finding[] = await database.tryToWrite().then(
        () => [],
        (error: unknown) => [{ diagnosis: writeDiagnosis(error), about: `${about} (${codeOf(error)})` }],
      );
      if (pending > 0) findings.push({ diagnosis: DATABASE_DIAGNOSES.database_older, about });
      return findings;
    } catch (error) {
      return [{ diagnosis: DATABASE_DIAGNOSES.database_closed, about: `${about} (${codeOf(error)})` }];
    }
  },
};

const writeDiagnosis = (error: unknown) =>
  codeOf(error) === 'SQLITE_BUSY'
    ? DATABASE_DIAGNOSES.database_locked
    : DATABASE_DIAGNOSES.database_unwritable;

/** The messages of drivers may quote what they were given; their codes do not. */
function codeOf(error: unknown): string {
  const { code, driverError } = error as { code?: string; driverError?: { code?: string } };
  return driverError?.code ?? code ?? 'unknown error';
}
