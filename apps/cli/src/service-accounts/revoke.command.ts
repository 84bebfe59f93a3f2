import { ServiceAccountsService } from '@app/admin';
import { CliError } from '../program/cli-error.js';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { ACCOUNT_NAME, ACCOUNT_NOT_FOUND, accountNameOf } from './account-name.js';

/** `passport service-accounts revoke`. */
export const revoke: CommandSpec = {
  name: 'revoke',
  summary: {
    en: 'Refuses an account and its tokens for good, on every instance within two seconds',
    zh: '永久吊销账号及其令牌，所有实例在两秒内生效',
  },
  arguments: ACCOUNT_NAME,
  examples: ['shop'],
  members: {
    client_id: { en: 'client_id', zh: 'client_id' },
    revoked: { en: 'revoked', zh: '已吊销' },
  },
  failure: { en: 'there is no such account, or it is revoked', zh: '账号不存在或已被吊销' },
  run: ({ env }, args) => {
    const name = accountNameOf(args);
    return inService(env, async (get) => {
      const account = await get(ServiceAccountsService).revoke({ name });
      if (!account) throw new CliError(ACCOUNT_NOT_FOUND);
      return { json: { client_id: account.id, revoked: true } };
    });
  },
};
