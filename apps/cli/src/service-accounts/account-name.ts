import { CliError, type ErrorSpec } from '../program/cli-error.js';

/** The argument of the commands about one service account. */
export const ACCOUNT_NAME = [
  [
    '<name>',
    {
      en: 'name of the account: 1 to 64 lower-case letters, digits, dots and hyphens',
      zh: '账号名称：1 到 64 个小写字母、数字、点或连字符',
    },
  ],
] as const;

const NAME_INVALID: ErrorSpec = {
  code: 'service_account_name_invalid',
  en: 'The name of the account is not valid.\nUse 1 to 64 lower-case letters, digits, dots and hyphens.',
  zh: '账号名称无效。\n请使用 1 到 64 个小写字母、数字、点或连字符。',
  exitCode: 2,
};

/** No live account has the name. */
export const ACCOUNT_NOT_FOUND: ErrorSpec = {
  code: 'service_account_not_found',
  en: 'There is no service account of this name, or it is revoked.\nRun service-accounts list.',
  zh: '没有该名称的服务账号，或已被吊销。\n请运行 service-accounts list 查看。',
};

/** @throws {CliError} `service_account_name_invalid` */
export function accountNameOf([name = '']: readonly string[]): string {
  if (!/^[a-z0-9][a-z0-9.-]{0,63}$/.test(name)) throw new CliError(NAME_INVALID);
  return name;
}
