import { UsersService } from '@app/users';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { describeUser, OF_USER } from './show.command.js';
import { userIdOf } from './user-id.js';

/** `passport users disable`. */
export const disable: CommandSpec = {
  ...OF_USER,
  name: 'disable',
  summary: {
    en: 'Disables a user: every instance refuses them within two seconds',
    zh: '停用用户，所有实例在两秒内拒绝其请求',
  },
  examples: ['01900000-0000-7000-8000-000000000000'],
  run: ({ env }, args) => {
    const id = userIdOf(args);
    return inService(env, async (get) => {
      await get(UsersService).disable(id);
      return describeUser(get, id);
    });
  },
};
