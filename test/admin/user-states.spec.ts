import { describe, expect, it } from 'vitest';
import type { Answer } from '../support/http.js';
import { execute } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { adminCaller } from './admin.js';

const OTHER_APPID = 'wxsandbox000000002';
/** 2100: the service erases users whose time has passed. */
const LATER = 4_102_444_800_000;
type List = { items: { id: string }[]; next_cursor?: string };

describe('the users of the admin API', () => {
  const stack = useStack({ ADMIN_PORT: '0' });
  const named = async (person: string, nickname: string, appid?: string) => {
    const { access, user_id } = await stack.loggedIn(person, appid);
    await stack.call('/api/me', { method: 'PUT', token: access, json: { nickname } });
    return user_id;
  };

  it('are listed by state, the last disabled and the next due for deletion first', async () => {
    const add = async (person: string, change: string, appid?: string) => {
      const id = await named(`state ${person}`, `状态${person}`, appid);
      if (change) await execute(stack.databaseUrl, `UPDATE users SET ${change} WHERE id = '${id}'`);
      return id;
    };
    const active = await add('active', '');
    const over = await add('over', 'disabled_at = 5, disabled_until = 6');
    const disabled: string[] = [];
    for (const at of [1, 2, 2, 3])
      disabled.push(await add(`disabled ${disabled.length}`, `disabled_at = ${at}`));
    const leaving: string[] = [];
    for (const at of [9, 7, 8])
      leaving.push(await add(`leaving ${leaving.length}`, `deletes_at = ${LATER + at}`));
    const both = await add('both', `disabled_at = 4, deletes_at = ${LATER + 10}`);
    await add('elsewhere', `disabled_at = 1, deletes_at = ${LATER}`, OTHER_APPID);
    const merged = await add('merged', `disabled_at = 1, deletes_at = ${LATER}, merged_into = '${active}'`);
    await execute(
      stack.databaseUrl,
      `UPDATE weixin_identities SET user_id = '${active}' WHERE user_id = '${merged}'`,
    );
    const { ask } = await adminCaller(stack, { scopes: ['users:read'] });
    const find = async (query: string, limit: number) => {
      const ids: string[] = [];
      let next: string | undefined = '';
      while (next !== undefined) {
        const url: string = `/users?${query}&limit=${limit}${next && `&cursor=${next}`}`;
        const { body, status }: Answer<List> = await ask<List>(url);
        expect(status, url).toBe(200);
        ids.push(...body.items.map(({ id }) => id));
        next = body.next_cursor;
      }
      return ids;
    };
    const [one = '', two = '', three = '', four = ''] = disabled;
    for (const limit of [1, 2, 100]) {
      expect(await find('state=disabled', limit)).toEqual([both, four, two, three, one]);
      expect(await find('state=deleting', limit)).toEqual([leaving[1], leaving[2], leaving[0], both]);
      expect(await find(`state=active&q=${encodeURIComponent('状态')}`, limit)).toEqual([active, over]);
    }
    expect(await find(`state=disabled&q=${encodeURIComponent('状态disabled 3')}`, 100)).toEqual([four]);
    expect(await find(`state=disabled&q=${four}`, 100)).toEqual([four]);
    const actives = await find('state=active', 3);
    expect(actives).toEqual(expect.arrayContaining([active, over]));
    for (const id of [...disabled, ...leaving, both]) expect(actives).not.toContain(id);
    const { next_cursor: cursor = '' } = (await ask<List>('/users?state=disabled&limit=1')).body;
    for (const query of [
      `cursor=${cursor}`,
      `state=deleting&cursor=${cursor}`,
      `state=active&cursor=${cursor}`,
    ])
      expect((await ask(`/users?${query}`)).body['code'], query).toBe('validation_failed');
  });
});
