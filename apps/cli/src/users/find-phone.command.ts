import { text } from 'node:stream/consumers';
import { UserPhonesService } from '@app/users';
import { CliError, type ErrorSpec } from '../program/cli-error.js';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';

const STDIN = {
  en: 'find-phone reads the number from standard input: all users of this machine can read the arguments of a process.',
  zh: 'find-phone 从标准输入读取手机号，因为本机所有用户都能看到进程的参数。',
};

const MALFORMED: ErrorSpec = {
  code: 'phone_number_malformed',
  en: 'Standard input holds no phone number.\nWrite it with + and the country code, for example +8613812345678: a mainland number needs +86 before its 11 digits.',
  zh: '标准输入中没有有效的手机号。\n请使用带 + 和国家代码的格式，如 +8613812345678：大陆手机号需在 11 位数字前加 +86。',
  exitCode: 2,
};

const NOT_BOUND: ErrorSpec = {
  code: 'phone_number_not_bound',
  en: 'No user has bound this number.\nCompare the number and its country code.',
  zh: '没有用户绑定该手机号。\n请核对号码与国家代码。',
};

/** `passport users find-phone`. */
export const findPhone: CommandSpec = {
  name: 'find-phone',
  summary: { en: 'Finds the users who have bound a phone number', zh: '查询绑定了某手机号的用户' },
  stdin: STDIN,
  examples: ['< number.txt'],
  members: { user_ids: { en: 'ids of the users', zh: '用户 id 列表' } },
  failure: { en: 'no user has bound the number', zh: '没有用户绑定该号码' },
  async run({ env, stdin }) {
    const e164 = (await text(stdin)).trim();
    if (!/^\+[1-9]\d{6,14}$/.test(e164)) throw new CliError(MALFORMED);
    const ids = await inService(env, (get) => get(UserPhonesService).find(e164));
    if (ids.length === 0) throw new CliError(NOT_BOUND);
    return { json: { user_ids: ids }, text: ids.join('\n') };
  },
};
