import { DataSource } from 'typeorm';
import { beforeEach, describe, expect, it } from 'vitest';
import { Database } from '@app/database';
import { CommitEffects, PersonalDataService } from '@app/personal-data';
import { useStack } from '../../test/support/stack.js';
import { OrdersModule } from './index.js';

const PATH = '/api/orders';
const MILK = { title: '牛奶', quantity: 2 };

interface Row {
  id: string;
  title: string;
  quantity: number;
}

describe('the feature orders', () => {
  const stack = useStack({}, [OrdersModule]);
  let token: string;
  let userId: string;

  const create = (json: unknown, by = token) => stack.call<Row>(PATH, { token: by, json });
  const list = async (by = token) => (await stack.call<{ items: Row[] }>(PATH, { token: by })).body.items;
  let users = 0;
  beforeEach(async () => {
    ({ access: token, user_id: userId } = await stack.loggedIn(`user ${(users += 1)}`));
  });

  it('refuses requests without an access token', async () => {
    for (const method of ['GET', 'POST']) {
      const answer = await stack.call(PATH, { method });
      expect([answer.status, answer.body['code']]).toEqual([401, 'token_missing']);
    }
  });

  it('creates, lists the newest first, and deletes', async () => {
    const created = await create(MILK);
    expect([created.status, created.body]).toMatchObject([200, MILK]);
    await create({ title: '面包', quantity: 1 });
    expect(await list()).toMatchObject([{ title: '面包' }, created.body]);
    const path = `${PATH}/${created.body.id}`;
    expect((await stack.call(path, { method: 'DELETE', token })).status).toBe(204);
    expect(await list()).toMatchObject([{ title: '面包' }]);
  });

  it.each([
    ['an empty title', { ...MILK, title: '' }],
    ['a title that is too long', { ...MILK, title: 'x'.repeat(65) }],
    ['a quantity of 0', { ...MILK, quantity: 0 }],
    ['a quantity as text', { ...MILK, quantity: '2' }],
    ['an unknown member', { ...MILK, user_id: 'another' }],
    ['nothing', {}],
  ])('refuses a body with %s', async (_, json) => {
    const answer = await stack.call(PATH, { token, json });
    expect([answer.status, answer.body['code']]).toEqual([400, 'validation_failed']);
    expect(await list()).toEqual([]);
  });

  it('hides the rows of a user from other users, who cannot delete them', async () => {
    const { body } = await create(MILK);
    const other = await stack.loggedIn('another user');
    expect(await list(other.access)).toEqual([]);
    for (const id of [body.id, 'no-id']) {
      const answer = await stack.call(`${PATH}/${id}`, { method: 'DELETE', token: other.access });
      expect([answer.status, answer.body['code']]).toEqual([404, 'not_found']);
    }
    expect(await list()).toHaveLength(1);
  });

  it('moves the rows of a merged user', async () => {
    const name = `other account ${users}`;
    const other = await stack.loggedIn(name);
    const { body } = await create(MILK, other.access);
    const json = { keep: 'mine', code: await stack.code(name) };
    expect((await stack.call('/api/me/merge', { token, json })).status).toBe(200);
    expect(await list()).toMatchObject([{ id: body.id }]);
  });

  it('exports and erases the rows of a user', async () => {
    await create(MILK);
    const personalData = stack.service(PersonalDataService);
    const { manager } = stack.service(DataSource);
    const stored = async () => Object.values(await personalData.export(manager, [userId])).flat();
    expect(await stored()).toContainEqual(expect.objectContaining({ user_id: userId, ...MILK }));
    await stack
      .service(Database)
      .write((writer) => personalData.erase(writer, [userId], new CommitEffects()));
    expect(await stored()).not.toContainEqual(expect.objectContaining(MILK));
  });

  it('adds its routes to the OpenAPI document', async () => {
    const { body } = await stack.call<{ paths: object }>('/docs-json');
    expect(Object.keys(body.paths)).toEqual(expect.arrayContaining([PATH, `${PATH}/{id}`]));
  });
});
