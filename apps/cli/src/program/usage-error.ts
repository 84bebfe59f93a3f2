import type { CommanderError } from 'commander';
import type { Words } from '../language.js';
import { CliError, type ErrorSpec } from './cli-error.js';
import { commandLine } from './help.js';

const SEE_HELP: Words = { en: 'See: {help}', zh: '查看用法：{help}' };
const DID_YOU_MEAN: Words = {
  en: 'Did you mean {suggestion}? See: {help}',
  zh: '是否想用 {suggestion}？查看用法：{help}',
};

/** How a command line can be wrong, by commander's codes. */
const USAGE_ERRORS: Readonly<Record<string, ErrorSpec>> = {
  'commander.unknownCommand': {
    code: 'command_unknown',
    en: 'There is no command "{name}".',
    zh: '没有命令“{name}”。',
  },
  'commander.unknownOption': {
    code: 'option_unknown',
    en: 'There is no option "{name}".',
    zh: '没有选项“{name}”。',
  },
  'commander.missingArgument': {
    code: 'argument_missing',
    en: 'The argument <{name}> is missing.',
    zh: '缺少参数 <{name}>。',
  },
  'commander.excessArguments': {
    code: 'arguments_excess',
    en: 'There are too many arguments.',
    zh: '参数过多。',
  },
  'commander.optionMissingArgument': {
    code: 'option_value_missing',
    en: 'The option "{name}" has no value.',
    zh: '选项“{name}”缺少值。',
  },
};

/**
 * Returns the error of a command line that commander refused.
 * @param path the words of the command
 * @param stdin what to write to standard input instead of an argument
 */
export function usageError(
  { code, message }: CommanderError,
  path: string,
  stdin?: Words,
): CliError | undefined {
  const spec = USAGE_ERRORS[code];
  if (!spec) return undefined;
  // Another word may be a phone number or a secret in the wrong place.
  const name = /'(-{0,2}[a-z][a-z-]{0,29})[ ']/.exec(message)?.[1] ?? '***';
  const suggestion = /Did you mean (.+)\?/.exec(message)?.[1];
  const fix =
    suggestion === undefined ? (code === 'commander.excessArguments' && stdin) || SEE_HELP : DID_YOU_MEAN;
  const values = { name, help: commandLine(path, '--help'), ...(suggestion !== undefined && { suggestion }) };
  const texts = { en: `${spec.en}\n${fix.en}`, zh: `${spec.zh}\n${fix.zh}` };
  return new CliError({ ...spec, ...texts, exitCode: 2 }, values);
}
