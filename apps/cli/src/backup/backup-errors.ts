import type { ErrorSpec } from '../program/cli-error.js';

/** How a backup can fail. No backup of the night is left then. */
export const BACKUP_ERRORS = {
  useServerTool: {
    code: 'backup_by_server_tool',
    exitCode: 3,
    en: '{database} is on a server: back it up with {tool}.\nSee docs/backup-restore.md.',
    zh: '{database} 在数据库服务器上，请使用 {tool} 备份。\n详见 docs/backup-restore.md。',
  },
  keepMalformed: {
    code: 'backup_keep_malformed',
    exitCode: 2,
    en: '--keep takes a whole number from 1 to 9999.\nFor example: --keep 14.',
    zh: '--keep 的值必须是 1 到 9999 的整数。\n例如：--keep 14。',
  },
  databaseMissing: {
    code: 'database_missing',
    en: 'There is no database {database}.\nRun the command with the environment of the service, in its folder.',
    zh: '数据库 {database} 不存在。\n请使用与服务相同的环境变量，在服务目录下运行命令。',
  },
  databaseUnusable: {
    code: 'database_unusable',
    en: '{database} cannot be read ({reason}).\nRun npm run doctor. If the file is damaged, restore the newest backup.',
    zh: '无法读取 {database}（{reason}）。\n请运行 npm run doctor。如果文件已损坏，请恢复最新的备份。',
  },
  folderUnwritable: {
    code: 'backup_folder_unwritable',
    en: 'No backup can be written to {folder} ({reason}).\nGive the user of the command write permission for the folder.',
    zh: '无法向 {folder} 写入备份（{reason}）。\n请让运行命令的用户可写该目录。',
  },
  diskFull: {
    code: 'backup_disk_full',
    en: 'The disk of {folder} is full.\nFree as much space as the database takes, or name a folder on another disk.',
    zh: '{folder} 所在磁盘已满。\n请腾出与数据库相当的空间，或换到其他磁盘上的目录。',
  },
  exists: {
    code: 'backup_exists',
    en: 'There is a backup of this second already: {file}.\nIf two commands ran at once, one of them has made it. Otherwise run the command again.',
    zh: '这一秒的备份已存在：{file}。\n如果同时运行了两个命令，其中一个已经完成备份；否则请再次运行。',
  },
  damaged: {
    code: 'backup_damaged',
    en: 'The copy of {database} is damaged or has no tables of the service ({reason}), and was removed.\nRun npm run doctor, and check the disk. The earlier backups are still there.',
    zh: '{database} 的副本已损坏，或没有本服务的数据表（{reason}），已删除。\n请运行 npm run doctor，并检查磁盘。之前的备份仍然保留。',
  },
  oldNotRemoved: {
    code: 'backup_old_not_removed',
    en: 'The backup {file} is made, but an old one cannot be removed ({reason}).\nRemove old backups by hand, and check the permissions of the folder.',
    zh: '备份 {file} 已完成，但无法删除旧备份（{reason}）。\n请手动删除旧备份，并检查目录权限。',
  },
} as const satisfies Record<string, ErrorSpec>;
