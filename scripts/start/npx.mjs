#!/usr/bin/env node
// `npx weapp-passport`: what `npm start` does in the repository, or a command of the operator.
import { createRequire } from 'node:module';
import { languageOf } from '../../apps/cli/src/language.js';

const WORDS = {
  en: {
    help: `weapp-passport                          starts the service, the console and the sandbox; data is in ./data
weapp-passport --miniprogram <folder>   the same, with your mini-program on the phone of the sandbox
weapp-passport <command> …              runs a command of the operator:

`,
    noSqlite: `SQLite cannot be loaded, because npm has not installed the binary of sqlite3. One of these helps:
- Allow the install scripts of sqlite3. Where GitHub is slow, set npm_config_sqlite3_binary_host to a mirror.
- Install Python 3 and a C++ compiler.
- Set DATABASE_URL to a PostgreSQL or MySQL server.
Then install again. npx stores packages in the folder _npx of "npm config get cache": delete it first.
`,
  },
  zh: {
    help: `weapp-passport                          启动服务、控制台和沙箱；数据在 ./data
weapp-passport --miniprogram <目录>     同上，沙箱的手机运行你的小程序
weapp-passport <命令> …                 执行运维命令：

`,
    noSqlite: `无法加载 SQLite：npm 没有装好 sqlite3 的二进制文件。任选一种办法：
- 允许 sqlite3 的安装脚本。访问 GitHub 较慢时，将 npm_config_sqlite3_binary_host 设为镜像地址。
- 安装 Python 3 和 C++ 编译器。
- 将 DATABASE_URL 设为 PostgreSQL 或 MySQL。
然后重新安装。npx 把包存放在 "npm config get cache" 的 _npx 目录中，请先删除该目录。
`,
  },
};

const words = WORDS[languageOf(process.env)];
const [command] = process.argv.slice(2);

if (command === '--help' || command === '-h') process.stdout.write(words.help);
if (command === undefined || command === '--miniprogram') await start();
else await import(new URL('../../dist/apps/cli/src/passport.js', import.meta.url).href);

async function start() {
  try {
    if (/^(sqlite:|$)/.test(process.env.DATABASE_URL ?? '') && !process.env.MYSQL_ADDRESS)
      createRequire(import.meta.url)('sqlite3');
  } catch (error) {
    console.error(words.noSqlite + (error instanceof Error ? error.message : String(error)));
    process.exitCode = 1;
    return;
  }
  process.argv.push('--built');
  await import('./main.mjs');
}
