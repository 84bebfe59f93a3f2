import { OPERATOR_NAME } from '@app/admin';
import { CliError, type ErrorSpec } from '../program/cli-error.js';

/** The argument of the commands about one operator. */
export const NAME = [
  [
    '<name>',
    {
      en: 'name of the operator: 1 to 27 lower-case letters, digits, dots and hyphens',
      zh: '操作员用户名：1 到 27 个小写字母、数字、点或连字符',
    },
  ],
] as const;

const NAME_INVALID: ErrorSpec = {
  code: 'operator_name_invalid',
  en: 'The name of the operator is not valid.\nUse 1 to 27 lower-case letters, digits, dots and hyphens.',
  zh: '操作员用户名无效。\n请使用 1 到 27 个小写字母、数字、点或连字符。',
  exitCode: 2,
};

/** @throws {CliError} `operator_name_invalid` */
export function operatorNameOf([name = '']: readonly string[]): string {
  if (!OPERATOR_NAME.test(name)) throw new CliError(NAME_INVALID);
  return name;
}
