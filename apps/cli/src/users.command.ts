import { text as readAll } from 'node:stream/consumers';
import type { INestApplicationContext } from '@nestjs/common';
import { AuthEvents } from '@app/audit';
import { isId } from '@app/database';
import { type User, UserPhones, Users } from '@app/users';
import { type Command, type CommandResult, insideService, misunderstood, unknownCommand } from './context.js';
import { checkSessionKeys, resetSessionKeys } from './session-keys.js';

const USAGE = `npm run users -- show <id>                what is known of a user
npm run users -- disable <id>             shuts the user out, on every instance within two seconds
npm run users -- enable <id>              lets the user in again
npm run users -- find-phone               the users who have bound the phone number on standard input: +8613812345678
npm run users -- check-session-key <id>   whether WeChat still takes the user's session_keys
npm run users -- reset-session-key <id>   has WeChat replace them: what was encrypted so far opens no more`;

const time = (epochMs: number) => new Date(epochMs).toISOString();

function state({ disabledAt, mergedInto }: Pick<User, 'disabledAt' | 'mergedInto'>): string {
  if (mergedInto !== null) return `merged into ${mergedInto}`;
  return disabledAt === null ? 'active' : `disabled since ${time(disabledAt)}`;
}

const describe = (user: User, phone: string | null) =>
  [
    `id        ${user.id}`,
    `nickname  ${user.nickname ?? '-'}`,
    `phone     ${phone ?? '-'}`,
    `created   ${time(user.createdAt)}`,
    `state     ${state(user)}`,
  ].join('\n');

type OfUser = (app: INestApplicationContext, id: string) => Promise<CommandResult>;

async function show(app: INestApplicationContext, id: string): Promise<CommandResult> {
  const user = await app.get(Users, { strict: false }).find(id);
  if (!user) return { exitCode: 1, text: 'There is no user with this id.' };
  return { exitCode: 0, text: describe(user, await app.get(UserPhones, { strict: false }).masked(id)) };
}

async function disable(app: INestApplicationContext, id: string): Promise<CommandResult> {
  const disabled = await app.get(Users, { strict: false }).disable(id);
  if (disabled) app.get(AuthEvents, { strict: false }).record({ kind: 'user_disabled', userId: id });
  return show(app, id);
}

async function enable(app: INestApplicationContext, id: string): Promise<CommandResult> {
  const enabled = await app.get(Users, { strict: false }).enable(id);
  if (enabled) app.get(AuthEvents, { strict: false }).record({ kind: 'user_enabled', userId: id });
  return show(app, id);
}

const NOT_AN_ARGUMENT =
  'find-phone reads the number from standard input: all users of this machine can read the arguments of a process.';
const NOT_E164 =
  'The number must have + and the country code, for example +8613812345678: a mainland number needs +86 before its 11 digits.';

async function findPhone(env: NodeJS.ProcessEnv): Promise<CommandResult> {
  const e164 = (await readAll(process.stdin)).trim();
  if (e164 === '') return misunderstood('Standard input is empty.', USAGE);
  if (!/^\+[1-9]\d{6,14}$/.test(e164)) return { exitCode: 2, text: NOT_E164 };
  return insideService(env, async (app) => {
    const ids = await app.get(UserPhones, { strict: false }).find(e164);
    return ids.length > 0
      ? { exitCode: 0, text: ids.join('\n') }
      : { exitCode: 1, text: 'No user has bound this number.' };
  });
}

const COMMANDS = new Map<string, OfUser>([
  ['show', show],
  ['disable', disable],
  ['enable', enable],
  ['check-session-key', checkSessionKeys],
  ['reset-session-key', resetSessionKeys],
]);

/** `npm run users`. */
export const users: Command = async (env, args) => {
  const [name = '', id, ...rest] = args;
  if (name === 'find-phone') return id === undefined ? findPhone(env) : misunderstood(NOT_AN_ARGUMENT, USAGE);
  const command = COMMANDS.get(name);
  if (!command) return unknownCommand(name, USAGE);
  if (id === undefined || rest.length > 0) return misunderstood(`${name} needs the id of one user.`, USAGE);
  if (!isId(id)) return { exitCode: 2, text: 'The id of a user is a UUID in lower case, without spaces.' };
  return insideService(env, (app) => command(app, id));
};
