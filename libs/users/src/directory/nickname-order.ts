import type { EntityManager } from 'typeorm';
import { dialectOf } from '@app/database';

/** Greater than every character of a nickname: the texts that begin with a prefix are below it. */
export const LAST_CODE_POINT = '\u{10ffff}';

/** Returns the nickname in the order of code points, as the index `ix_users_nickname` has it. */
export const nicknameColumn = ({ connection }: Pick<EntityManager, 'connection'>): string =>
  dialectOf(connection) === 'postgres' ? 'user.nickname COLLATE "C"' : 'user.nickname';
