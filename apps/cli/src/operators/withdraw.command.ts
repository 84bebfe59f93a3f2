import { InvitationsService } from '@app/admin';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { NAME, operatorNameOf } from './operator-name.js';

/** `passport operators withdraw`. */
export const withdraw: CommandSpec = {
  name: 'withdraw',
  summary: {
    en: 'Withdraws a pending invitation, whose link becomes invalid',
    zh: '撤回尚未接受的邀请，其链接立即失效',
  },
  arguments: NAME,
  examples: ['bob'],
  members: { name: { en: 'name', zh: '用户名' }, withdrawn: { en: 'withdrawn', zh: '已撤回' } },
  failure: { en: 'there is no pending invitation of this name', zh: '没有该用户名的待接受邀请' },
  run: ({ env }, args) => {
    const name = operatorNameOf(args);
    return inService(env, async (get) => {
      await get(InvitationsService).withdraw(name);
      return { json: { name, withdrawn: true } };
    });
  },
};
