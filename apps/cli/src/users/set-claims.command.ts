import { text } from 'node:stream/consumers';
import { parseJson } from '@app/common';
import { CustomClaimsService } from '@app/users';
import { CliError, type ErrorSpec } from '../program/cli-error.js';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { describeClaims, OF_CLAIMS } from './claims.command.js';
import { userIdOf } from './user-id.js';

const MALFORMED: ErrorSpec = {
  code: 'claims_malformed',
  en: 'Standard input is not JSON.\nWrite an object, for example {"role":"editor"}; {} removes the claims.',
  zh: '标准输入不是 JSON。\n请写入一个对象，如 {"role":"editor"}；{} 表示清除声明。',
  exitCode: 2,
};

const USER_MERGED: ErrorSpec = {
  code: 'user_merged',
  en: 'This user was merged into another one and has no tokens.\nSet the claims of the user in merged_into of users show.',
  zh: '该用户已合并到其他用户，不再有令牌。\n请改为设置 users show 中 merged_into 所示用户的声明。',
};

/** `passport users set-claims`. */
export const setClaims: CommandSpec = {
  ...OF_CLAIMS,
  name: 'set-claims',
  summary: {
    en: 'Replaces the custom claims of a user: the next access token has them',
    zh: '替换用户的自定义声明，从下一个 access 令牌起生效',
  },
  stdin: {
    en: 'set-claims reads a JSON object of at most 2 KiB from standard input; {} removes the claims.',
    zh: 'set-claims 从标准输入读取不超过 2 KiB 的 JSON 对象；{} 表示清除声明。',
  },
  examples: ['01900000-0000-7000-8000-000000000000 < claims.json'],
  failure: {
    en: 'no such user, the user was merged into another one, or the claims are not allowed',
    zh: '用户不存在、用户已被合并，或声明不符合要求',
  },
  async run({ env, stdin }, args) {
    const id = userIdOf(args);
    const claims = parseJson(await text(stdin));
    if (claims === undefined) throw new CliError(MALFORMED);
    return inService(env, async (get) => {
      const isReplaced = await get(CustomClaimsService).replace(id, claims);
      const output = await describeClaims(get, id);
      if (!isReplaced) throw new CliError(USER_MERGED);
      return output;
    });
  },
};
