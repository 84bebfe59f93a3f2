import type { INestApplicationContext } from '@nestjs/common';
import { KeyStore } from '@app/auth';
import { UserPhones, WeixinIdentities } from '@app/users';
import { AccessTokenStoreService } from '@app/weixin-api';
import { type Command, type CommandResult, insideService, unknownCommand } from './context.js';

const USAGE = `npm run keys -- list                   the signing keys and their states
npm run keys -- rotate                 the next key signs from now on; the present one still verifies
npm run keys -- rotate --compromised   the same at once, and tokens of the present key are void
npm run keys -- retire                 the previous key verifies no more
npm run keys -- reseal                 seals anew, under SECRET_KEY, what SECRET_KEY_FALLBACKS sealed`;

const done = (text: string): CommandResult => ({ exitCode: 0, text });
const notDone = (text: string): CommandResult => ({ exitCode: 1, text });
const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

async function list(app: INestApplicationContext): Promise<CommandResult> {
  const keys = app.get(KeyStore, { strict: false });
  const rows = await keys.list();
  return done(
    rows
      .map((row) => `${row.state.padEnd(8)}  ${row.id}  ${new Date(row.createdAt).toISOString()}`)
      .join('\n'),
  );
}

async function rotate(app: INestApplicationContext): Promise<CommandResult> {
  const keys = app.get(KeyStore, { strict: false });
  const { done: rotated, waitSeconds } = await keys.rotate();
  return rotated
    ? done('Rotated. All instances follow within a second.')
    : notDone(
        `Everyone must know the next key before its first token, and tokens of the last one must have expired: wait ${waitSeconds} s.`,
      );
}

async function dropCompromised(app: INestApplicationContext): Promise<CommandResult> {
  const keys = app.get(KeyStore, { strict: false });
  await keys.dropCompromised();
  return done('Dropped. Clients refresh their access tokens by themselves.');
}

async function retire(app: INestApplicationContext): Promise<CommandResult> {
  const keys = app.get(KeyStore, { strict: false });
  const { done: retired, waitSeconds } = await keys.retire();
  if (retired) return done('Retired.');
  return notDone(
    waitSeconds > 0
      ? `Tokens of the previous key may still live: wait ${waitSeconds} s.`
      : 'There is no previous key.',
  );
}

async function reseal(app: INestApplicationContext): Promise<CommandResult> {
  const keys = app.get(KeyStore, { strict: false });
  const signingKeys = await keys.reseal();
  const sessionKeys = await app.get(WeixinIdentities, { strict: false }).reseal();
  const phones = await app.get(UserPhones, { strict: false }).reseal();
  const accessTokens = await app.get(AccessTokenStoreService, { strict: false }).dropOld();
  const sealed = [
    `${signingKeys} signing keys`,
    counted(sessionKeys, 'session_key'),
    counted(phones, 'phone number'),
  ];
  return done(
    `Sealed anew: ${sealed.join(', ')}. ` +
      `Dropped, to be fetched again: ${counted(accessTokens, 'access token')} of WeChat.`,
  );
}

const COMMANDS = new Map<string, (app: INestApplicationContext) => Promise<CommandResult>>([
  ['list', list],
  ['rotate', rotate],
  ['rotate --compromised', dropCompromised],
  ['retire', retire],
  ['reseal', reseal],
]);

/** `npm run keys`. */
export const keys: Command = async (env, args) => {
  const name = args.join(' ');
  const command = COMMANDS.get(name);
  return command ? insideService(env, command) : unknownCommand(name, USAGE);
};
