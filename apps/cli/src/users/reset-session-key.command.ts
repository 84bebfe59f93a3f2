import type { CommandSpec } from '../program/command-spec.js';
import { forEachSessionKey, OF_SESSION_KEYS } from './session-key-states.js';

/** `passport users reset-session-key`. */
export const resetSessionKey: CommandSpec = {
  ...OF_SESSION_KEYS,
  name: 'reset-session-key',
  summary: {
    en: "Makes WeChat replace the user's session_keys: data encrypted under the old ones cannot be decrypted any more",
    zh: '让微信更换用户的 session_key：此前加密的数据将无法解密',
  },
  run: (cli, args) =>
    forEachSessionKey(cli, args, (keys, identityId) => keys.resetUserSessionKey(identityId), {
      valid: { en: 'replaced', zh: '已更换' },
      stale: { en: 'was stale already', zh: '原本已失效' },
      missing: { en: 'there is none', zh: '没有 session_key' },
    }),
};
