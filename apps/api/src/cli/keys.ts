import 'reflect-metadata';
import { KeyStore } from '@app/auth';
import { UserPhones, WeixinIdentities } from '@app/users';
import { AccessTokenRows } from '@app/weixin';
import { type CommandResult, runCommand } from './context.js';

const USAGE = `npm run keys -- list                   the signing keys and their states
npm run keys -- rotate                 the next key signs from now on; the present one still verifies
npm run keys -- rotate --compromised   the same at once, and tokens of the present key are void
npm run keys -- retire                 the previous key verifies no more
npm run keys -- reseal                 seals anew, under SECRET_KEY, what SECRET_KEY_FALLBACKS sealed`;

const done = (text: string): CommandResult => ({ exitCode: 0, text });
const notDone = (text: string): CommandResult => ({ exitCode: 1, text });
const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

await runCommand(async (app) => {
  const keys = app.get(KeyStore, { strict: false });
  switch (process.argv.slice(2).join(' ')) {
    case 'list': {
      const rows = await keys.list();
      return done(
        rows
          .map((row) => `${row.state.padEnd(8)}  ${row.id}  ${new Date(row.createdAt).toISOString()}`)
          .join('\n'),
      );
    }
    case 'rotate': {
      const { done: rotated, waitSeconds } = await keys.rotate();
      return rotated
        ? done('Rotated. All instances follow within a second.')
        : notDone(
            `Everyone must know the next key before its first token, and tokens of the last one must have expired: wait ${waitSeconds} s.`,
          );
    }
    case 'rotate --compromised':
      await keys.dropCompromised();
      return done('Dropped. Clients refresh their access tokens by themselves.');
    case 'retire': {
      const { done: retired, waitSeconds } = await keys.retire();
      if (retired) return done('Retired.');
      return notDone(
        waitSeconds > 0
          ? `Tokens of the previous key may still live: wait ${waitSeconds} s.`
          : 'There is no previous key.',
      );
    }
    case 'reseal': {
      const signingKeys = await keys.reseal();
      const sessionKeys = await app.get(WeixinIdentities, { strict: false }).reseal();
      const phones = await app.get(UserPhones, { strict: false }).reseal();
      const accessTokens = await app.get(AccessTokenRows, { strict: false }).dropOld();
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
    default:
      return { exitCode: 2, text: USAGE };
  }
});
