import type { Words } from '../language.js';
import { columns } from './columns.js';
import type { CommandSpec } from './command-spec.js';
import type { Translate } from './translate.js';

/** The texts of every help page. */
export const HELP = {
  program: {
    en: "Operator's commands of weapp-passport. Run them with the environment of the service.",
    zh: 'weapp-passport 的运维命令。请使用与服务相同的环境变量运行。',
  },
  help: { en: 'prints this help', zh: '显示帮助' },
  json: {
    en: 'prints one line of JSON; an error too, to stderr',
    zh: '输出一行 JSON；出错时 JSON 写入 stderr',
  },
  stdin: { en: 'Standard input:', zh: '标准输入：' },
  examples: { en: 'Examples:', zh: '示例：' },
  members: { en: 'Members of the JSON:', zh: 'JSON 字段：' },
  exitCodes: { en: 'Exit codes:', zh: '退出码：' },
  done: { en: 'done', zh: '成功' },
  misused: { en: 'wrong usage', zh: '用法错误' },
} as const satisfies Record<string, Words>;

/** Commander's titles. */
export const TITLES: Readonly<Record<string, Words>> = {
  'Usage:': { en: 'Usage:', zh: '用法:' },
  'Arguments:': { en: 'Arguments:', zh: '参数：' },
  'Options:': { en: 'Options:', zh: '选项：' },
  'Commands:': { en: 'Commands:', zh: '命令：' },
};

/** Returns a command line as an operator types it. */
export const commandLine = (...words: readonly string[]) =>
  ['npm run passport --', ...words].filter((word) => word !== '').join(' ');

/** Returns what follows the arguments and options in the help of a command. */
export function renderDetails(path: string, spec: CommandSpec, t: Translate): string {
  const section = (title: Words, rows: readonly (readonly string[])[]) =>
    `\n${t(title)}\n${columns(rows).replace(/^/gm, '  ')}\n`;
  const meanings = { 0: HELP.done, 1: spec.failure, 2: HELP.misused, ...spec.exitCodes };
  const codes = Object.entries(meanings).map(([code, meaning]) => [code, t(meaning)]);
  return [
    spec.stdin ? section(HELP.stdin, [[t(spec.stdin)]]) : '',
    section(
      HELP.examples,
      spec.examples.map((example) => [commandLine(path, example)]),
    ),
    section(
      HELP.members,
      Object.entries(spec.members).map(([name, label]) => [name, t(label)]),
    ),
    section(HELP.exitCodes, codes),
  ]
    .join('')
    .trimEnd();
}
