import { UsersService } from '@app/users';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { describeUser, OF_USER } from './show.command.js';
import { userIdOf } from './user-id.js';

/** `passport users enable`. */
export const enable: CommandSpec = {
  ...OF_USER,
  name: 'enable',
  summary: { en: 'Enables a disabled user', zh: '恢复被停用的用户' },
  examples: ['01900000-0000-7000-8000-000000000000'],
  run: ({ env }, args) => {
    const id = userIdOf(args);
    return inService(env, async (get) => {
      await get(UsersService).enable(id);
      return describeUser(get, id);
    });
  },
};
