import { OperatorDeletionsService } from '@app/deletion';
import { CliError } from '../program/cli-error.js';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { describeUser, OF_USER } from './show.command.js';
import { USER_NOT_FOUND, userIdOf } from './user-id.js';

/** `passport users cancel-deletion`. */
export const cancelDeletion: CommandSpec = {
  ...OF_USER,
  name: 'cancel-deletion',
  summary: { en: 'Cancels the deletion of a user in the cooling-off', zh: '在冷静期内撤销用户的注销' },
  examples: ['01900000-0000-7000-8000-000000000000'],
  failure: {
    en: 'no such user, no deletion is pending, or the ledger cannot be written',
    zh: '用户不存在、没有待执行的注销，或注销台账无法写入',
  },
  run: ({ env }, args) => {
    const id = userIdOf(args);
    return inService(env, async (get) => {
      if (!(await get(OperatorDeletionsService).cancel(id))) throw new CliError(USER_NOT_FOUND);
      return describeUser(get, id);
    });
  },
};
