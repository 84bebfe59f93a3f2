import { existingSecretKey, loadConfig } from '@app/config';
import { type Dialect, dialectOfUrl, publicUrl } from '@app/database';
import { CliError } from '../program/cli-error.js';
import type { CommandSpec } from '../program/command-spec.js';
import { BACKUP_ERRORS } from './backup-errors.js';
import { makeBackup } from './make-backup.js';

const TOOLS: Readonly<Record<Exclude<Dialect, 'sqlite'>, string>> = {
  postgres: 'pg_dump',
  mysql: 'mariadb-dump / mysqldump',
};

/** `passport backup`. */
export const backup: CommandSpec<{ keep?: string }> = {
  name: 'backup',
  summary: {
    en: 'Backs up the SQLite database while the service runs: a verified, dated file that only its user can read',
    zh: '在服务运行时备份 SQLite 数据库：经过校验、以日期命名、仅本用户可读的文件',
  },
  arguments: [
    ['<folder>', { en: 'folder of the backups, one for each service', zh: '备份目录，每个服务单独一个' }],
  ],
  options: [
    [
      '--keep <n>',
      {
        en: 'removes all but the newest n backups that this command made; default: none',
        zh: '只保留本命令生成的最新 n 个备份；默认全部保留',
      },
    ],
  ],
  examples: ['backup', '/var/backups/weapp-passport --keep 14'],
  members: {
    file: { en: 'backup', zh: '备份文件' },
    bytes: { en: 'size in bytes', zh: '大小（字节）' },
    users: { en: 'users in it', zh: '用户数' },
    removed: { en: 'old backups removed', zh: '已删除的旧备份' },
  },
  failure: {
    en: 'no backup, or an old one could not be removed',
    zh: '备份未完成，或无法删除旧备份',
  },
  exitCodes: {
    3: { en: 'the database is on a server: use its own tool', zh: '数据库在服务器上，请使用其自带工具' },
  },
  async run({ env }, [folder = ''], { keep }) {
    if (keep !== undefined && !/^[1-9]\d{0,3}$/.test(keep)) throw new CliError(BACKUP_ERRORS.keepMalformed);
    const { DATABASE_URL } = loadConfig(env, existingSecretKey);
    const dialect = dialectOfUrl(DATABASE_URL);
    if (dialect !== 'sqlite') {
      const values = { database: publicUrl(DATABASE_URL), tool: TOOLS[dialect] };
      throw new CliError(BACKUP_ERRORS.useServerTool, values);
    }
    const path = DATABASE_URL.slice('sqlite:'.length);
    return { json: { ...(await makeBackup(path, folder, keep === undefined ? undefined : Number(keep))) } };
  },
};
