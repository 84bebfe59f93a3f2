import { Database } from '@app/database';
import { disabledSince, type User, UserPhonesService, UsersService } from '@app/users';
import { CliError } from '../program/cli-error.js';
import type { CommandSpec, Output } from '../program/command-spec.js';
import { type Get, inService } from '../program/in-service.js';
import { USER_ID, USER_NOT_FOUND, userIdOf } from './user-id.js';

/** What the commands about one user have in common. */
export const OF_USER = {
  arguments: USER_ID,
  members: {
    id: { en: 'id', zh: 'id' },
    nickname: { en: 'nickname', zh: '昵称' },
    phone: { en: 'phone', zh: '手机号' },
    created_at: { en: 'created', zh: '创建时间' },
    state: { en: 'state', zh: '状态' },
    disabled_at: { en: 'disabled since', zh: '停用时间' },
    disabled_until: { en: 'disabled until', zh: '停用截止时间' },
    merged_into: { en: 'merged into', zh: '已合并到' },
    deletes_at: { en: 'will be erased', zh: '注销时间' },
  },
  failure: { en: 'there is no such user', zh: '用户不存在' },
} as const satisfies Partial<CommandSpec>;

/**
 * Returns what is known of a user; the phone number is masked.
 * @throws {CliError} `user_not_found`
 */
export async function describeUser(get: Get, id: string): Promise<Output> {
  const user = await get(UsersService).find(id);
  if (!user) throw new CliError(USER_NOT_FOUND);
  const { nickname, createdAt, disabledUntil, mergedInto, deletesAt } = user;
  const disabledAt = disabledSince(user, get(Database).clock.now());
  const time = (epochMs: number | null) => (epochMs === null ? null : new Date(epochMs).toISOString());
  return {
    json: {
      id,
      nickname,
      phone: await get(UserPhonesService).masked(id),
      created_at: new Date(createdAt).toISOString(),
      state: stateOf({ mergedInto, disabledAt, deletesAt }),
      disabled_at: time(disabledAt),
      disabled_until: disabledAt === null ? null : time(disabledUntil),
      merged_into: mergedInto,
      deletes_at: time(deletesAt),
    },
  };
}

function stateOf({
  mergedInto,
  disabledAt,
  deletesAt,
}: Pick<User, 'mergedInto' | 'disabledAt' | 'deletesAt'>): string {
  if (mergedInto !== null) return 'merged';
  if (disabledAt !== null) return 'disabled';
  return deletesAt === null ? 'active' : 'leaving';
}

/** `passport users show`. */
export const show: CommandSpec = {
  ...OF_USER,
  name: 'show',
  summary: { en: 'Shows a user', zh: '显示用户信息' },
  examples: ['01900000-0000-7000-8000-000000000000'],
  run: ({ env }, args) => {
    const id = userIdOf(args);
    return inService(env, (get) => describeUser(get, id));
  },
};
