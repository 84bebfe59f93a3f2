import { Problem, PROBLEMS } from '@app/problem';
import { WeixinIdentitiesService } from '@app/users';
import { SessionKeysService, type SessionKeyState } from '@app/weixin';
import type { Words } from '../language.js';
import { CliError } from '../program/cli-error.js';
import { columns } from '../program/columns.js';
import type { Cli, CommandSpec, Output } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { USER_ID, USER_NOT_FOUND, userIdOf } from './user-id.js';

/** What the commands about session_keys have in common. */
export const OF_SESSION_KEYS = {
  arguments: USER_ID,
  examples: ['01900000-0000-7000-8000-000000000000'],
  members: {
    session_keys: {
      en: 'appid, state (valid, stale, missing, failed) and error (a code of docs/errors.md or null) of each identity',
      zh: '每个微信身份的 appid、state（valid、stale、missing、failed）和 error（docs/errors.md 中的错误码，或 null）',
    },
  },
  failure: {
    en: 'no such user, or WeChat did not answer for an app',
    zh: '用户不存在，或微信未能处理某个小程序的请求',
  },
} as const satisfies Partial<CommandSpec>;

/** Asks WeChat about the session_key of each identity of a user. A failure for one app does not stop the others. */
export function forEachSessionKey(
  { env, t }: Cli,
  args: readonly string[],
  ask: (keys: SessionKeysService, identityId: string) => Promise<SessionKeyState>,
  words: Readonly<Record<SessionKeyState, Words>>,
): Promise<Output> {
  const id = userIdOf(args);
  return inService(env, async (get) => {
    const identities = await get(WeixinIdentitiesService).ofUser(id);
    if (identities.length === 0) throw new CliError(USER_NOT_FOUND);
    const states: { appid: string; state: SessionKeyState | 'failed'; error: string | null }[] = [];
    const lines: string[][] = [];
    for (const identity of identities) {
      const { appid } = identity;
      try {
        const state = await ask(get(SessionKeysService), identity.id);
        states.push({ appid, state, error: null });
        lines.push([appid, t(words[state])]);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        states.push({ appid, state: 'failed', error: error.code });
        lines.push([appid, `${error.code}: ${t(PROBLEMS[error.code].cause)}`]);
      }
    }
    const hasFailed = states.some(({ state }) => state === 'failed');
    return { json: { session_keys: states }, text: columns(lines), exitCode: hasFailed ? 1 : 0 };
  });
}
