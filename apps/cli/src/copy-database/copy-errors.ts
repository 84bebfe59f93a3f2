import type { ErrorSpec } from '../program/cli-error.js';

/** How a copy of a database can fail. */
export const COPY_ERRORS = {
  urlMalformed: {
    code: 'database_url_malformed',
    exitCode: 2,
    en: '{argument} is not the address of a database.\nGive it as DATABASE_URL has it, or env:NAME for the value of the environment variable NAME.',
    zh: '{argument} 不是数据库地址。\n格式与 DATABASE_URL 相同；也可以写 env:NAME，从环境变量 NAME 读取。',
  },
  sourceMissing: {
    code: 'source_missing',
    en: 'There is no database {database}.\nName the database of the service. A path is relative to the folder of the command.',
    zh: '数据库 {database} 不存在。\n请指定服务正在使用的数据库；相对路径以运行命令的目录为起点。',
  },
  sourceOlder: {
    code: 'source_older',
    en: '{database} belongs to an older version of the service.\nStart this version once with it, stop it, and copy then.',
    zh: '{database} 来自较旧版本的服务。\n请先用当前版本的服务连接它启动一次，停止后再复制。',
  },
  sourceForeign: {
    code: 'source_foreign',
    en: '{database} has no tables of the service.\nName the database of the service.',
    zh: '{database} 中没有本服务的数据表。\n请指定服务正在使用的数据库。',
  },
  newer: {
    code: 'database_newer',
    en: '{database} belongs to a newer version of the service.\nRun the command of that version.',
    zh: '{database} 来自更新版本的服务。\n请使用该版本的命令。',
  },
  unusable: {
    code: 'database_unusable',
    en: '{database} cannot be used ({reason}).\nCheck address, user, password and database. The command creates the file of SQLite, but no database on a server.',
    zh: '无法使用 {database}（{reason}）。\n请检查地址、用户名、密码和数据库名。命令会创建 SQLite 文件，但不会在服务器上创建数据库。',
  },
  targetInUse: {
    code: 'target_in_use',
    en: 'Another program uses {database}, for example a service or another copy.\nStop it, or name a database that is empty.',
    zh: '其他程序正在使用 {database}，例如服务或另一个复制命令。\n请先停止它，或指定一个空数据库。',
  },
  targetNotEmpty: {
    code: 'target_not_empty',
    en: '{database} has rows already ({tables}).\nName a database that is empty.',
    zh: '{database} 中已有数据（{tables}）。\n请指定一个空数据库。',
  },
  targetOfOtherSource: {
    code: 'target_of_other_source',
    en: '{database} has an unfinished copy of {source}.\nFinish that copy, or name a database that is empty.',
    zh: '{database} 中有 {source} 未完成的副本。\n请先完成那次复制，或指定一个空数据库。',
  },
  stopped: {
    code: 'copy_stopped',
    en: 'The copy stopped at the table {table} ({reason}).\nRun the same command again: it continues there. If the code is about a value, the target cannot store what the source has.',
    zh: '复制在表 {table} 处中断（{reason}）。\n再次运行同一命令即可继续。如果错误码与数据有关，说明目标数据库无法存储源数据库中的某个值。',
  },
  different: {
    code: 'copy_different',
    en: 'The copy differs from the source in: {tables}. The service used one of them before the copy was complete, or the target cannot store a value exactly.\nStop the service, and copy into an empty database. Do not start the service on this copy.',
    zh: '以下表的副本与源数据库不一致：{tables}。可能是复制完成之前服务使用过其中一个数据库，也可能是目标数据库无法精确存储某个值。\n请停止服务，再复制到一个空数据库。不要用这个副本启动服务。',
  },
} as const satisfies Record<string, ErrorSpec>;
