import { isOperatorRole, OPERATOR_ROLES, OperatorsService } from '@app/admin';
import { CliError, type ErrorSpec } from '../program/cli-error.js';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { consoleUrlOf, LINK_MEMBERS, printedLink } from './invitation-link.js';
import { NAME, operatorNameOf } from './operator-name.js';

const ROLE_UNKNOWN: ErrorSpec = {
  code: 'role_unknown',
  en: 'There is no such role.\nThe roles are: {roles}.',
  zh: '没有这样的角色。\n可用的角色：{roles}。',
  exitCode: 2,
};

/** `passport operators invite`. */
export const invite: CommandSpec<{ role?: string }> = {
  name: 'invite',
  summary: {
    en: 'Prints a link where a person sets a password and TOTP; it works once, for 30 minutes',
    zh: '生成邀请链接，用于设置密码和 TOTP；仅可使用一次，30 分钟内有效',
  },
  arguments: NAME,
  options: [
    [
      '--role <role>',
      {
        en: 'owner, operator or viewer. Default: viewer, but owner while there is no operator',
        zh: 'owner、operator 或 viewer。默认为 viewer；还没有操作员时默认为 owner',
      },
    ],
  ],
  examples: ['alice', 'bob --role operator --json'],
  members: LINK_MEMBERS,
  failure: { en: 'the name is taken, or the admin listener is off', zh: '用户名已被使用，或管理端口未开启' },
  run: ({ env }, args, { role }) => {
    const name = operatorNameOf(args);
    if (role !== undefined && !isOperatorRole(role))
      throw new CliError(ROLE_UNKNOWN, { roles: OPERATOR_ROLES.join(', ') });
    return inService(env, async (get) => {
      const consoleUrl = consoleUrlOf(get);
      const operators = get(OperatorsService);
      const chosen = role ?? ((await operators.exist()) ? 'viewer' : 'owner');
      return printedLink(consoleUrl, await operators.invite({ name, role: chosen }));
    });
  },
};
