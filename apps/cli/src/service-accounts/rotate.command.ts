import { ServiceAccountsService } from '@app/admin';
import { CliError } from '../program/cli-error.js';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { ACCOUNT_NAME, ACCOUNT_NOT_FOUND, accountNameOf } from './account-name.js';
import { CREDENTIALS_MEMBERS, printed } from './credentials.js';

/** `passport service-accounts rotate`. */
export const rotate: CommandSpec<{ compromised?: true }> = {
  name: 'rotate',
  summary: {
    en: 'Makes a new secret; the one before stays valid until the next rotation',
    zh: '生成新的 secret，原 secret 在下次轮换前仍然有效',
  },
  arguments: ACCOUNT_NAME,
  options: [
    [
      '--compromised',
      {
        en: 'every secret before is refused within two seconds; tokens that it got live 5 minutes at most',
        zh: '此前的所有 secret 在两秒内失效；已签发的令牌最多再有效 5 分钟',
      },
    ],
  ],
  examples: ['shop', 'shop --compromised --json'],
  members: CREDENTIALS_MEMBERS,
  failure: { en: 'there is no such account, or it is revoked', zh: '账号不存在或已被吊销' },
  run: ({ env }, args, { compromised = false }) => {
    const name = accountNameOf(args);
    return inService(env, async (get) => {
      const rotated = await get(ServiceAccountsService).rotate({ name }, compromised);
      if (!rotated) throw new CliError(ACCOUNT_NOT_FOUND);
      return printed(rotated);
    });
  },
};
