import type { CommandSpec } from '../program/command-spec.js';
import { forEachSessionKey, OF_SESSION_KEYS } from './session-key-states.js';

/** `passport users check-session-key`. */
export const checkSessionKey: CommandSpec = {
  ...OF_SESSION_KEYS,
  name: 'check-session-key',
  summary: {
    en: "Asks WeChat whether the user's session_keys are still valid",
    zh: '向微信查询用户的 session_key 是否仍然有效',
  },
  run: (cli, args) =>
    forEachSessionKey(cli, args, (keys, identityId) => keys.checkSessionKey(identityId), {
      valid: { en: 'valid', zh: '有效' },
      stale: { en: 'stale: the next login of the user replaces it', zh: '已失效，用户下次登录后更新' },
      missing: { en: 'there is none', zh: '没有 session_key' },
    }),
};
