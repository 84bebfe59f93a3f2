import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox } from '../../apps/sandbox/server/sandbox.js';
import { WebhookEndpointsService } from '../../libs/webhooks/src/index.js';
import { useDatabase } from '../support/database.js';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { rows } from '../support/rows.js';
import { startService } from '../support/service.js';
import { type LoginBody, PATIENT_WITH_WEIXIN, SECRET_KEY } from '../support/stack.js';
import { useReceiver } from './receiver.js';

/** `WEBHOOK_KILLS=50` for a long run. */
const KILLS = Number(process.env['WEBHOOK_KILLS'] ?? 5);
const CLIENTS = 4;
const PAUSE_MS = 20;

describe('kill -9 of the delivering one of two instances under load', () => {
  const databaseUrl = useDatabase();
  const receiver = useReceiver();
  const sandbox = createSandbox();
  let sandboxUrl = '';
  let env: NodeJS.ProcessEnv = {};
  beforeAll(async () => {
    sandboxUrl = await sandbox.listen({ host: '127.0.0.1', port: 0 });
    env = {
      PORT: '0',
      SECRET_KEY,
      DATABASE_URL: databaseUrl,
      WEIXIN_API_BASE_URL: sandboxUrl,
      WEBHOOK_ALLOWED_HOSTS: '127.0.0.1',
      RATE_LIMIT_LOGIN_PER_MINUTE: '0',
      LOG_LEVEL: 'debug',
      ...PATIENT_WITH_WEIXIN,
    };
    const { app } = await startService({ ...env, NODE_ENV: 'test' });
    await app.get(WebhookEndpointsService, { strict: false }).create(receiver.url, ['user.created']);
    await app.close();
  });
  afterAll(() => sandbox.close());

  /** Logs in as new people at both instances until `isOver`. @returns the ids of those who got an answer */
  async function load(instances: readonly Instance[], name: string, isOver: () => boolean) {
    const created: string[] = [];
    for (let turn = 0; !isOver(); turn += 1) {
      const user = { user: `${name}-${turn}` };
      const { body } = await call<{ code: string }>(`${sandboxUrl}/sandbox/codes`, { json: user });
      const url = instances[turn % instances.length]?.url ?? '';
      try {
        const login = await call<LoginBody>(`${url}/api/weixin/login/`, { json: { code: body.code } });
        expect(login.status).toBe(200);
        created.push(login.body.user_id);
      } catch (error) {
        // A kill breaks connections; it causes no other status.
        if (!(error instanceof TypeError)) throw error;
      }
      await sleep(PAUSE_MS);
    }
    return created;
  }

  const isDelivering = ({ output }: Instance) => output.includes('this instance delivers a webhook');

  it(
    'loses no event, invents none, and sends each again under its own webhook-id only',
    { timeout: 3_600_000 },
    async () => {
      const instances = [await Instance.start(env), await Instance.start(env)];
      let isOver = false;
      const clients = Array.from({ length: CLIENTS }, (_, client) =>
        load(instances, String(client), () => isOver),
      );
      try {
        for (let kill = 0; kill < KILLS; kill += 1) {
          await expect.poll(() => instances.some(isDelivering), { timeout: 60_000, interval: 20 }).toBe(true);
          await sleep(Math.random() * 500);
          const victim = instances.findIndex(isDelivering);
          await instances[victim]?.stop('SIGKILL');
          instances[victim] = await Instance.start(env);
        }
      } finally {
        isOver = true;
        await Promise.allSettled(clients);
      }
      const acknowledged = (await Promise.all(clients)).flat();
      const pending = () => rows(databaseUrl, 'SELECT id FROM outbox WHERE ended_at IS NULL');
      await expect.poll(pending, { timeout: 120_000, interval: 500 }).toEqual([]);
      for (const instance of instances) await instance.stop();

      const users = await rows<{ id: string }>(databaseUrl, 'SELECT id FROM users');
      const ids = new Map<string, Set<string>>();
      for (const { event, headers } of receiver.received) {
        const userId = String(event.data['user_id']);
        ids.set(userId, (ids.get(userId) ?? new Set()).add(String(headers['webhook-id'])));
      }
      expect(acknowledged.length).toBeGreaterThan(KILLS * CLIENTS);
      expect(acknowledged.filter((userId) => !ids.has(userId))).toEqual([]);
      expect([...ids.keys()].sort()).toEqual(users.map(({ id }) => id).sort());
      expect([...ids.values()].filter(({ size }) => size !== 1)).toEqual([]);
      const repeated = receiver.received.length - ids.size;
      console.log(
        JSON.stringify({ kills: KILLS, events: ids.size, acknowledged: acknowledged.length, repeated }),
      );
    },
  );
});
