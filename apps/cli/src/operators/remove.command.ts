import { OperatorsService } from '@app/admin';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { NAME, operatorNameOf } from './operator-name.js';

/** `passport operators remove`. */
export const remove: CommandSpec = {
  name: 'remove',
  summary: {
    en: 'Removes an operator, whose sessions end at the next request on every instance',
    zh: '移除操作员，其会话在所有实例上从下一个请求起失效',
  },
  arguments: NAME,
  examples: ['bob'],
  members: { name: { en: 'name', zh: '用户名' }, removed: { en: 'removed', zh: '已移除' } },
  failure: {
    en: 'there is no such operator, or it is the last owner',
    zh: '操作员不存在，或是最后一个 owner',
  },
  run: ({ env }, args) => {
    const name = operatorNameOf(args);
    return inService(env, async (get) => {
      await get(OperatorsService).remove({ name });
      return { json: { name, removed: true } };
    });
  },
};
