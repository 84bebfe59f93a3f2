import { SigningKeyStoreService } from '@app/auth';
import { CliError, type ErrorSpec } from '../program/cli-error.js';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { KEY_LIST_MEMBERS, listKeys } from './key-list.js';

const TOO_EARLY: ErrorSpec = {
  code: 'key_rotation_too_early',
  en: 'The next key was published too recently, or tokens of the previous key are still valid: wait {seconds} s.\nRun the command again after that time. If the current key has leaked, add --compromised.',
  zh: 'next 密钥公布时间不足，或 previous 密钥签发的令牌仍在有效期内：请等待 {seconds} 秒。\n请在此之后重新执行。如果 current 密钥已泄露，请加 --compromised。',
};

const ROTATED = {
  en: 'Rotated. All instances use the new keys within a second.',
  zh: '已轮换，所有实例将在一秒内使用新密钥。',
};
const DROPPED = {
  en: 'Dropped. Clients refresh their access tokens automatically.',
  zh: '已丢弃，客户端会自动刷新 access token。',
};

/** `passport keys rotate`. */
export const rotate: CommandSpec<{ compromised?: true }> = {
  name: 'rotate',
  summary: {
    en: 'Signs with the next key from now on; the current key still verifies',
    zh: '密钥轮换：改用 next 签名，current 仍可验证',
  },
  options: [
    [
      '--compromised',
      {
        en: 'does not wait, and drops the current and the previous key: their tokens are refused',
        zh: '不等待，并丢弃 current 和 previous：由它们签发的令牌立即失效',
      },
    ],
  ],
  examples: ['', '--compromised'],
  members: KEY_LIST_MEMBERS,
  failure: { en: 'too early: nothing was changed', zh: '时间未到，未做任何更改' },
  run: ({ env, t }, _, { compromised = false }) =>
    inService(env, async (get) => {
      const store = get(SigningKeyStoreService);
      if (compromised) await store.dropCompromised();
      else {
        const { done, waitSeconds } = await store.rotate();
        if (!done) throw new CliError(TOO_EARLY, { seconds: waitSeconds });
      }
      return listKeys(store, t(compromised ? DROPPED : ROTATED));
    }),
};
