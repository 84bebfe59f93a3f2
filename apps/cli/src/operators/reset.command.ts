import { OperatorsService } from '@app/admin';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { consoleUrlOf, LINK_MEMBERS, printedLink } from './invitation-link.js';
import { NAME, operatorNameOf } from './operator-name.js';

/** `passport operators reset`. */
export const reset: CommandSpec = {
  name: 'reset',
  summary: {
    en: 'Takes password, TOTP and sessions from an operator, and prints a link to set new ones',
    zh: '清除操作员的密码、TOTP 和会话，并生成重新设置的链接',
  },
  arguments: NAME,
  examples: ['alice'],
  members: LINK_MEMBERS,
  failure: {
    en: 'there is no such operator, or the admin listener is off',
    zh: '操作员不存在，或管理端口未开启',
  },
  run: ({ env }, args) => {
    const name = operatorNameOf(args);
    return inService(env, async (get) => {
      const consoleUrl = consoleUrlOf(get);
      return printedLink(consoleUrl, await get(OperatorsService).reset({ name }));
    });
  },
};
