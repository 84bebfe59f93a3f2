import { SigningKeyStoreService } from '@app/auth';
import { CliError, type ErrorSpec } from '../program/cli-error.js';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { KEY_LIST_MEMBERS, listKeys } from './key-list.js';

const IN_USE: ErrorSpec = {
  code: 'previous_key_in_use',
  en: 'Tokens of the previous key may still be valid: wait {seconds} s.\nRun the command again after that time.',
  zh: 'previous 密钥签发的令牌可能仍在有效期内：请等待 {seconds} 秒。\n请在此之后重新执行。',
};

const MISSING: ErrorSpec = {
  code: 'previous_key_missing',
  en: 'There is no previous key.\nThere is nothing to do.',
  zh: '没有 previous 密钥。\n无需处理。',
};

/** `passport keys retire`. */
export const retire: CommandSpec = {
  name: 'retire',
  summary: { en: 'Drops the previous key: it no longer verifies', zh: '停用 previous 密钥，不再用于验证' },
  examples: [''],
  members: KEY_LIST_MEMBERS,
  failure: { en: 'too early, or there is no previous key', zh: '时间未到，或没有 previous 密钥' },
  run: ({ env, t }) =>
    inService(env, async (get) => {
      const { done, waitSeconds: seconds } = await get(SigningKeyStoreService).retire();
      if (!done) throw new CliError(seconds > 0 ? IN_USE : MISSING, { seconds });
      return listKeys(get(SigningKeyStoreService), t({ en: 'Retired.', zh: '已停用。' }));
    }),
};
