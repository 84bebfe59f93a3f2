import { isId } from '@app/database';
import { CliError, type ErrorSpec } from '../program/cli-error.js';

/** The argument of each command about one user. */
export const USER_ID = [['<id>', { en: 'id of the user, a UUID', zh: '用户 id（UUID）' }]] as const;

/** No user has the id. */
export const USER_NOT_FOUND: ErrorSpec = {
  code: 'user_not_found',
  en: 'There is no user with this id.\nCompare the id with user_id of the login answer, or look it up with users find-phone.',
  zh: '没有该 id 的用户。\n请核对登录响应中的 user_id，或用 users find-phone 查询。',
};

const MALFORMED: ErrorSpec = {
  code: 'user_id_malformed',
  en: 'The id of a user is a UUID in lower case, without spaces.\nCopy user_id of the login answer.',
  zh: '用户 id 是小写的 UUID，不含空格。\n请使用登录响应中的 user_id。',
  exitCode: 2,
};

/**
 * Returns the id of a user from the command line.
 * @throws {CliError} `user_id_malformed`
 */
export function userIdOf([id = '']: readonly string[]): string {
  if (!isId(id)) throw new CliError(MALFORMED);
  return id;
}
