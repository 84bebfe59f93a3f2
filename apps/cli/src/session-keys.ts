import type { INestApplicationContext } from '@nestjs/common';
import { Problem } from '@app/problem';
import { WeixinIdentities } from '@app/users';
import { SessionKeys, type SessionKeyState } from '@app/weixin';
import type { CommandResult } from './context.js';

/** Says of each identity of a user whether WeChat still takes its session_key. */
export function checkSessionKeys(app: INestApplicationContext, userId: string): Promise<CommandResult> {
  const keys = app.get(SessionKeys, { strict: false });
  return forEachIdentity(app, userId, (identityId) => keys.checkSessionKey(identityId), {
    valid: 'valid',
    stale: 'stale: the user logs in again to have another one',
    missing: 'there is none',
  });
}

/** Has WeChat replace the session_key of each identity of a user. */
export function resetSessionKeys(app: INestApplicationContext, userId: string): Promise<CommandResult> {
  const keys = app.get(SessionKeys, { strict: false });
  return forEachIdentity(app, userId, (identityId) => keys.resetUserSessionKey(identityId), {
    valid: 'replaced',
    stale: 'stale already',
    missing: 'there is none',
  });
}

async function forEachIdentity(
  app: INestApplicationContext,
  userId: string,
  ask: (identityId: string) => Promise<SessionKeyState>,
  words: Record<SessionKeyState, string>,
): Promise<CommandResult> {
  const identities = await app.get(WeixinIdentities, { strict: false }).ofUser(userId);
  if (identities.length === 0) return { exitCode: 1, text: 'No identity at WeChat leads to this id.' };
  const lines = [];
  let exitCode: CommandResult['exitCode'] = 0;
  for (const { id, appid } of identities) {
    try {
      lines.push(`${appid}  ${words[await ask(id)]}`);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      lines.push(`${appid}  ${error.code}: ${error.message}`);
      exitCode = 1;
    }
  }
  return { exitCode, text: lines.join('\n') };
}
