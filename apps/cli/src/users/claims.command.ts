import { CustomClaimsService } from '@app/users';
import { CliError } from '../program/cli-error.js';
import type { CommandSpec, Output } from '../program/command-spec.js';
import { type Get, inService } from '../program/in-service.js';
import { USER_ID, USER_NOT_FOUND, userIdOf } from './user-id.js';

/** What the commands about custom claims have in common. */
export const OF_CLAIMS = {
  arguments: USER_ID,
  members: {
    id: { en: 'id', zh: 'id' },
    claims: { en: 'custom claims, {} if there are none', zh: '自定义声明，没有时为 {}' },
  },
} as const satisfies Partial<CommandSpec>;

/**
 * Returns the custom claims of a user.
 * @throws {CliError} `user_not_found`
 */
export async function describeClaims(get: Get, id: string): Promise<Output> {
  const claims = await get(CustomClaimsService).find(id);
  if (!claims) throw new CliError(USER_NOT_FOUND);
  return { json: { id, claims }, text: JSON.stringify(claims, null, 2) };
}

/** `passport users claims`. */
export const claims: CommandSpec = {
  ...OF_CLAIMS,
  name: 'claims',
  summary: {
    en: 'Shows the custom claims in the access tokens of a user',
    zh: '显示用户 access 令牌中的自定义声明',
  },
  examples: ['01900000-0000-7000-8000-000000000000'],
  failure: { en: 'there is no such user', zh: '用户不存在' },
  run: ({ env }, args) => {
    const id = userIdOf(args);
    return inService(env, (get) => describeClaims(get, id));
  },
};
