import { OperatorDeletionsService } from '@app/deletion';
import { Problem } from '@app/problem';
import { CliError, type ErrorSpec } from '../program/cli-error.js';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { USER_ID, USER_NOT_FOUND, userIdOf } from './user-id.js';

const USER_IS_DISABLED: ErrorSpec = {
  code: 'user_disabled',
  en: 'The user is disabled: after an erasure the person could come back as a new user.\nAdd --forget-ban to erase the user and the ban immediately.',
  zh: '该用户已被停用，清除之后此人可以作为新用户回来。\n确认不再保留停用记录时，请加上 --forget-ban，立即清除。',
};

/** `passport users delete`. */
export const deleteUser: CommandSpec<{ forgetBan?: true }> = {
  name: 'delete',
  summary: {
    en: 'Begins the deletion of a user: all sessions end, and after the cooling-off everything is erased',
    zh: '注销用户：结束所有会话，冷静期满后清除全部数据',
  },
  arguments: USER_ID,
  options: [
    [
      '--forget-ban',
      {
        en: 'erases a disabled user immediately, who cannot log in to cancel; the person can come back as a new user',
        zh: '立即清除被停用的用户（其无法登录撤销）；此人可以作为新用户回来',
      },
    ],
  ],
  examples: [
    '01900000-0000-7000-8000-000000000000',
    '01900000-0000-7000-8000-000000000000 --forget-ban --json',
  ],
  members: { id: { en: 'id', zh: 'id' }, deletes_at: { en: 'erased at', zh: '清除时间' } },
  failure: {
    en: 'no such user, the user is disabled, the deletion is pending already, or the ledger cannot be written',
    zh: '用户不存在、已被停用、正在注销，或注销台账无法写入',
  },
  run: ({ env }, args, { forgetBan = false }) => {
    const id = userIdOf(args);
    return inService(env, async (get) => {
      const deletesAt = await get(OperatorDeletionsService)
        .delete(id, { forgetBan })
        .catch((error: unknown) => {
          throw error instanceof Problem && error.code === 'user_disabled'
            ? new CliError(USER_IS_DISABLED)
            : error;
        });
      if (deletesAt === undefined) throw new CliError(USER_NOT_FOUND);
      return { json: { id, deletes_at: new Date(deletesAt).toISOString() } };
    });
  },
};
