import { existingSecretKey, loadConfig } from '@app/config';
import type { Words } from '../language.js';
import { columns } from '../program/columns.js';
import type { CommandSpec } from '../program/command-spec.js';
import { tablesOfService } from '../program/in-service.js';
import { copyDatabase as copy, type CopyReport } from './copy-database.js';
import { databaseOf, hasPassword } from './database-argument.js';
import { progressReport } from './progress-report.js';

const ADDRESS: Words = {
  en: 'as DATABASE_URL has it, or env:NAME to read it from the variable NAME: an argument with a password is visible to all users of the machine',
  zh: '格式与 DATABASE_URL 相同；含密码的参数对本机所有用户可见，可写 env:NAME 从变量 NAME 读取',
};
const PASSWORD_IS_VISIBLE: Words = {
  en: 'All users of this machine can read the password in the arguments. Use env:NAME instead.',
  zh: '本机所有用户都能从命令参数中看到密码，建议改用 env:NAME。',
};
const DONE: Words = {
  en: 'Copied and compared. Set DATABASE_URL to {database} and start the service.',
  zh: '复制完成，核对一致。将 DATABASE_URL 设为 {database}，然后启动服务。',
};
const STALE: Words = {
  en: 'Copied and compared, but a service uses {database}: what it writes since is not in the copy. Before you change DATABASE_URL, stop the service and copy again into an empty database.',
  zh: '复制完成，核对一致，但仍有服务在使用 {database}，此后写入的数据不在副本中。更改 DATABASE_URL 之前，请停止服务，再复制到一个空数据库。',
};

/** `passport copy-database`. */
export const copyDatabase: CommandSpec<{ json?: true }> = {
  name: 'copy-database',
  summary: {
    en: 'Copies the database to another one, SQLite, PostgreSQL or MySQL, and compares both. Users stay logged in.',
    zh: '把数据库复制到另一个数据库（SQLite、PostgreSQL 或 MySQL）并核对，用户保持登录',
  },
  arguments: [
    [
      '<from>',
      { en: `database of the stopped service, ${ADDRESS.en}`, zh: `已停止的服务的数据库，${ADDRESS.zh}` },
    ],
    ['<to>', { en: 'empty database, in the same form', zh: '空数据库，格式相同' }],
  ],
  examples: [
    'sqlite:data/weapp-passport.sqlite env:NEW_DATABASE_URL',
    'env:DATABASE_URL sqlite:data/copy.sqlite --json',
  ],
  members: {
    from: { en: 'source, without user and password', zh: '源数据库（不含用户名和密码）' },
    to: { en: 'target, without user and password', zh: '目标数据库（不含用户名和密码）' },
    tables: {
      en: 'table, rows and sha256 of its contents, the same in both databases',
      zh: '各表的 table、rows 和内容的 sha256，两个数据库一致',
    },
    resumed: { en: 'whether an earlier command began the copy', zh: '是否接续之前中断的复制' },
    source_in_use: {
      en: 'true if a service used the source meanwhile: copy again before you use the copy',
      zh: '期间是否有服务使用源数据库；为 true 时，使用副本之前请重新复制',
    },
  },
  failure: {
    en: 'not copied, or a service used the source meanwhile. Repeat the command to continue after an interruption',
    zh: '复制未完成，或期间有服务使用源数据库。中断后重复执行即可继续',
  },
  async run({ env, stderr, t }, [first = '', second = ''], { json = false }) {
    const from = databaseOf(first, '<from>', env);
    const to = databaseOf(second, '<to>', env);
    if (!json && [first, second].some(hasPassword)) stderr.write(`${t(PASSWORD_IS_VISIBLE)}\n`);
    const tables = await tablesOfService(loadConfig(env, existingSecretKey));
    const report = progressReport((line) => stderr.write(line), json, t);
    const copied = await copy(from, to, tables, report);
    const { isSourceInUse } = copied;
    const last = isSourceInUse ? t(STALE, { database: from.name }) : t(DONE, { database: to.name });
    return {
      json: jsonOf(copied, from.name, to.name),
      text: `${columns(copied.tables.map(({ table, rows }) => [table, String(rows)]))}\n${last}`,
      exitCode: isSourceInUse ? 1 : 0,
    };
  },
};

const jsonOf = ({ tables, isResumed, isSourceInUse }: CopyReport, from: string, to: string) => ({
  from,
  to,
  tables,
  resumed: isResumed,
  source_in_use: isSourceInUse,
});
