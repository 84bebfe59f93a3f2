import { errorCode } from '@app/common';
import { publicUrl } from '@app/database';
import type { Check, Diagnosis, Finding } from './diagnosis.js';
import type { DoctorContext } from './doctor-context.js';

/** Faults of the database. */
export const DATABASE_DIAGNOSES = {
  database_closed: {
    title: { en: 'The database does not open', zh: '数据库无法打开' },
    cause: {
      en: 'The path in `DATABASE_URL` is wrong, the service has no permission to read or create the file, or the file is damaged or not a database. For PostgreSQL and MySQL: no server answers at that address, or it refuses the user, the password or the database.',
      zh: '`DATABASE_URL` 的路径错误，服务无权读取或创建该文件，或文件不是数据库或已损坏。使用 PostgreSQL 或 MySQL 时：该地址无响应，或拒绝了用户名、密码或数据库名。',
    },
    fix: {
      en: 'Check the path: unless it is absolute, it is relative to the folder in which the service starts. Give the user of the service write permission for the file and its folder. Restore a damaged database from a backup.',
      zh: '核对路径（相对路径以启动服务的目录为起点）；让运行服务的用户可写该文件及其所在目录；数据库损坏时从备份恢复。',
    },
  },
  database_locked: {
    title: { en: 'The database is locked', zh: '数据库被锁定' },
    cause: {
      en: 'Another process holds the write lock longer than the service waits: a backup, a SQLite shell with an open transaction, or an instance that hangs.',
      zh: '另一个进程持有写锁的时间超过了服务的等待时间：备份、未结束事务的 SQLite 命令行，或已挂起的实例。',
    },
    fix: {
      en: 'Find the process (`lsof` on the file) and end its transaction or the process. To back up a database in use, run `npm run passport -- backup`.',
      zh: '用 `lsof` 找到该进程，结束其事务或进程。备份在用的数据库请使用 `npm run passport -- backup`。',
    },
  },
  database_unwritable: {
    title: { en: 'The database cannot be written', zh: '数据库不可写' },
    cause: {
      en: 'The file, its folder or the volume is read-only for the user of the service, or the disk is full.',
      zh: '文件、所在目录或存储卷对运行服务的用户只读，或磁盘已满。',
    },
    fix: {
      en: 'Give the user of the service write permission for the file and its folder; mount the volume writable; free disk space.',
      zh: '让运行服务的用户可写该文件及其目录；以可写方式挂载存储卷；清理磁盘空间。',
    },
  },
  database_newer: {
    title: { en: 'The database belongs to a newer version of the service', zh: '数据库来自更新版本的服务' },
    cause: {
      en: 'A newer version has migrated it, and this version does not know the changes.',
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
    cause: { en: 'The service was never started with this database.', zh: '服务从未使用该数据库启动过。' },
    fix: {
      en: 'If that is correct, none is needed: the first start creates it. Otherwise correct `DATABASE_URL`.',
      zh: '如果确实如此，无需处理，首次启动时会自动创建。否则请更正 `DATABASE_URL`。',
    },
  },
  database_older: {
    isHint: true,
    title: { en: 'The next start migrates the database', zh: '下次启动将迁移数据库' },
    cause: { en: 'It belongs to an older version of the service.', zh: '数据库来自较旧版本的服务。' },
    fix: { en: 'Back it up before you start the service.', zh: '启动前请先备份。' },
  },
} as const satisfies Record<string, Diagnosis>;

/** Checks whether the database opens, has known tables and can be written. */
export const databaseCheck: Check<DoctorContext> = {
  title: { en: 'Database', zh: '数据库' },
  async run(context) {
    const about = publicUrl(context.config.DATABASE_URL);
    try {
      const database = await context.database();
      if (!database) {
        const inMemory = about === 'sqlite::memory:';
        return inMemory ? [] : [{ diagnosis: DATABASE_DIAGNOSES.database_missing, about }];
      }
      const { pending, unknown } = await database.migrationGap();
      if (unknown > 0) return [{ diagnosis: DATABASE_DIAGNOSES.database_newer, about }];
      const findings: Finding[] = await database.tryToWrite().then(
        () => [],
        (error: unknown) => [{ diagnosis: writeDiagnosis(error), about: `${about} (${errorCode(error)})` }],
      );
      if (pending > 0) findings.push({ diagnosis: DATABASE_DIAGNOSES.database_older, about });
      return findings;
    } catch (error) {
      return [{ diagnosis: DATABASE_DIAGNOSES.database_closed, about: `${about} (${errorCode(error)})` }];
    }
  },
};

const writeDiagnosis = (error: unknown) =>
  errorCode(error) === 'SQLITE_BUSY'
    ? DATABASE_DIAGNOSES.database_locked
    : DATABASE_DIAGNOSES.database_unwritable;
