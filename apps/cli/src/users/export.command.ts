import { ExportsService } from '@app/account';
import { UsersService } from '@app/users';
import { CliError } from '../program/cli-error.js';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { USER_ID, USER_NOT_FOUND, userIdOf } from './user-id.js';

/** `passport users export`. */
export const exportUser: CommandSpec = {
  name: 'export',
  summary: {
    en: 'Prints everything stored of a user, with the whole phone number and the openids, as JSON',
    zh: '以 JSON 输出用户的全部数据，含完整手机号和 openid',
  },
  arguments: USER_ID,
  examples: ['01900000-0000-7000-8000-000000000000 > export.json'],
  members: {
    user_id: { en: 'id', zh: 'id' },
    exported_at: { en: 'time of the export', zh: '导出时间' },
    tables: { en: 'the rows of each table', zh: '各数据表的行' },
  },
  failure: { en: 'there is no such user', zh: '用户不存在' },
  run: ({ env }, args) => {
    const id = userIdOf(args);
    return inService(env, async (get) => {
      if (!(await get(UsersService).find(id))) throw new CliError(USER_NOT_FOUND);
      const { user_id, exported_at, tables } = await get(ExportsService).exportForOperator(id);
      const json = { user_id, exported_at, tables };
      return { json, text: JSON.stringify(json, null, 2) };
    });
  },
};
