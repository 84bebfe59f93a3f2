import 'reflect-metadata';
import { AuthEvents } from '@app/auth';
import { type User, Users } from '@app/users';
import { runCommand } from './context.js';

const USAGE = `npm run users -- show <id>      what is known of a user
npm run users -- disable <id>   shuts the user out, on every instance within two seconds
npm run users -- enable <id>    lets the user in again`;

const time = (epochMs: number) => new Date(epochMs).toISOString();

function state({ disabledAt, mergedInto }: Pick<User, 'disabledAt' | 'mergedInto'>): string {
  if (mergedInto !== null) return `merged into ${mergedInto}`;
  return disabledAt === null ? 'active' : `disabled since ${time(disabledAt)}`;
}

const describe = (user: User) =>
  [
    `id        ${user.id}`,
    `nickname  ${user.nickname ?? '-'}`,
    `created   ${time(user.createdAt)}`,
    `state     ${state(user)}`,
  ].join('\n');

await runCommand(async (app) => {
  const [command, id, ...rest] = process.argv.slice(2);
  if (id === undefined || rest.length > 0 || !['show', 'disable', 'enable'].includes(command ?? '')) {
    return { exitCode: 2, text: USAGE };
  }
  const users = app.get(Users, { strict: false });
  const events = app.get(AuthEvents, { strict: false });
  if (command === 'disable' && (await users.disable(id)))
    events.record({ kind: 'user_disabled', userId: id });
  if (command === 'enable' && (await users.enable(id))) events.record({ kind: 'user_enabled', userId: id });
  const user = await users.find(id);
  return user
    ? { exitCode: 0, text: describe(user) }
    : { exitCode: 1, text: 'There is no user with this id.' };
});
