import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { rows } from '../support/rows.js';
import { type LoginBody, useStack } from '../support/stack.js';

const KILLS = 5;
const CLIENTS = 10;

interface Person {
  name: string;
  userId: string;
  access: string;
  /** The last acknowledged list; one more can be stored without an answer. */
  items: number;
}

describe('kill -9 under load', () => {
  const stack = useStack({ RATE_LIMIT_LOGIN_PER_MINUTE: '0', LOG_LEVEL: 'info' });

  /** Logs in as new people and writes their lists until the service is killed. */
  async function load(instance: Instance, round: string, people: Person[]): Promise<void> {
    try {
      for (let turn = 0; ; turn += 1) {
        const name = `${round}-${turn}`;
        const code = await stack.code(name);
        const login = await call<LoginBody>(`${instance.url}/api/weixin/login/`, { json: { code } });
        expect(login.status).toBe(200);
        const person = { name, userId: login.body.user_id, access: login.body.access, items: 0 };
        people.push(person);
        for (let items = 1; items <= 3; items += 1) {
          const json = { items: Array.from({ length: items }, (_, id) => ({ id })) };
          const { status } = await call(`${instance.url}/api/weixin/data/`, { token: person.access, json });
          expect(status).toBe(200);
          person.items = items;
        }
      }
    } catch (error) {
      // A kill breaks connections; it causes no other status.
      if (!(error instanceof TypeError)) throw error;
    }
  }

  it('loses no acknowledged write and creates no user twice', { timeout: 600_000 }, async () => {
    const people: Person[] = [];
    let instance = await Instance.start(stack.env);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = people.length;
      const clients = Array.from({ length: CLIENTS }, (_, client) =>
        load(instance, `${kill}-${client}`, people),
      );
      await expect.poll(() => people.length, { timeout: 60_000 }).toBeGreaterThan(before + CLIENTS);
      await sleep(Math.random() * 500);
      await instance.stop('SIGKILL');
      await Promise.all(clients);

      instance = await Instance.start(stack.env);
      for (const { access, items, name } of people.slice(before)) {
        const { status, body } = await call(`${instance.url}/api/weixin/data/`, { token: access });
        expect(status, name).toBe(200);
        expect([items, items + 1], name).toContain((body['items'] as unknown[]).length);
      }
      const last = people.at(-1);
      const again = await call<LoginBody>(`${instance.url}/api/weixin/login/`, {
        json: { code: await stack.code(last?.name) },
      });
      expect(again.body).toMatchObject({ user_id: last?.userId, is_new_user: false });
    }
    await instance.stop();
    const orphans =
      'SELECT id FROM users WHERE id NOT IN (SELECT user_id FROM weixin_identities WHERE user_id IS NOT NULL)';
    expect(await rows(stack.databaseUrl, orphans)).toEqual([]);
    expect(new Set(people.map(({ userId }) => userId)).size).toBe(people.length);
  });
});
