import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ShopOrdersService } from '../../examples/nest-shop/src/orders/shop-orders.service.js';
import { ShopSettings } from '../../examples/nest-shop/src/shop-settings.js';
import { ErasuresService } from '../../libs/deletion/src/index.js';
import { WebhookEndpointsService } from '../../libs/webhooks/src/index.js';
import { adminUrlOf, APPID, createAccount, form } from '../admin/admin.js';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { freePort } from '../support/process.js';
import { execute, rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { useFront } from '../verify-elsewhere/front.js';
import { useShop } from './shop.js';

const front = await useFront();

describe('the example shop', () => {
  const stack = useStack({
    JWT_ISSUER: front.url,
    ADMIN_PORT: '0',
    WEBHOOK_ALLOWED_HOSTS: '127.0.0.1',
    DELETION_LEDGER: join(useFolder(), 'deletions.jsonl'),
  });
  const shop = useShop();
  let url = '';
  let webhookSecret = '';
  let sent = 0;

  /** Sends an event as the service does, to choose its time. */
  async function webhook(
    type: string,
    userId: string,
    { at = Date.now(), secret = webhookSecret, more = {} } = {},
  ) {
    const timestamp = new Date(at).toISOString();
    const body = JSON.stringify({ type, timestamp, data: { user_id: userId, ...more } });
    const [id, now] = [`event-${(sent += 1)}`, new Date()];
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, now, body),
    };
    return (await call(`${url}/webhooks/passport`, { body, headers })).status;
  }

  const stateOf = async (token: string) => {
    const { status, body } = await call(`${url}/customers/me`, { token });
    return [status, body['state'] ?? body['message']];
  };

  /** Disables a user by the admin API. */
  async function disable(userId: string): Promise<void> {
    const { clientId, clientSecret } = await createAccount(stack, { scopes: ['users:write'] });
    const credentials = { client_id: clientId, client_secret: clientSecret };
    const { body } = await call(
      `${adminUrlOf(stack)}/oauth/token`,
      form({ grant_type: 'client_credentials', ...credentials }),
    );
    const { status } = await call(`${adminUrlOf(stack)}/api/admin/users/${userId}/disable`, {
      token: String(body['access_token']),
      json: {},
    });
    expect(status).toBe(200);
  }

  beforeAll(async () => {
    front.forwardTo(stack.url);
    const account = await createAccount(stack, { scopes: ['identities:read'] });
    const port = await freePort();
    const receiver = `http://127.0.0.1:${port}/webhooks/passport`;
    const events = ['user.created', 'user.disabled', 'user.enabled', 'user.deleted'] as const;
    ({ secret: webhookSecret } = await stack.service(WebhookEndpointsService).create(receiver, events));
    const settings = { issuer: front.url, audience: 'weapp-passport', adminUrl: adminUrlOf(stack) };
    url = await shop.start({ ...settings, ...account, webhookSecret }, port);
  });

  it('knows a new user by webhook, pays with the openid, and refuses the user within 2 s of being disabled', async () => {
    const { access, user_id } = await stack.loggedIn('mallory');
    await vi.waitFor(async () => {
      expect(await stateOf(access)).toEqual([200, 'active']);
    }, 10_000);
    const { body: order } = await call(`${url}/orders`, {
      token: access,
      json: { title: '牛奶', total: 500 },
    });
    const pay = () => call(`${url}/orders/${String(order['id'])}/pay`, { token: access, method: 'POST' });
    const paid = await pay();
    expect([paid.status, paid.body]).toEqual([201, { ...order, is_paying: true }]);
    const [identity] = await rows<{ openid: string }>(
      stack.databaseUrl,
      `SELECT openid FROM weixin_identities WHERE user_id = '${user_id}'`,
    );
    const { payment } = shop.app.get(ShopOrdersService).get(user_id, String(order['id']));
    expect(payment).toMatchObject({ appid: APPID, payer: { openid: identity?.openid } });
    expect(paid.text).not.toContain(identity?.openid);

    await disable(user_id);
    await vi.waitFor(async () => {
      expect(await stateOf(access)).toEqual([403, 'customer_disabled']);
      expect((await pay()).status).toBe(401);
    }, 2000);
  });

  it('erases the orders of a user after the cooling-off of the deletion, and none before', async () => {
    const [victor, walter] = [await stack.loggedIn('victor'), await stack.loggedIn('walter')];
    for (const { access: token } of [victor, walter])
      await call(`${url}/orders`, { token, json: { title: '牛奶', total: 500 } });
    const ordersOf = ({ user_id: userId }: typeof victor) =>
      shop.app.get(ShopOrdersService).list(userId).length;
    const json = { code: await stack.code('victor') };
    expect((await stack.call('/api/me/deletion', { token: victor.access, json })).status).toBe(200);
    expect(await stack.service(ErasuresService).eraseDue()).toBe(false);
    expect(ordersOf(victor)).toBe(1);

    await execute(stack.databaseUrl, 'UPDATE users SET deletes_at = 1 WHERE deletes_at IS NOT NULL');
    while (await stack.service(ErasuresService).eraseDue());
    await vi.waitFor(async () => {
      expect(await stateOf(victor.access)).toEqual([403, 'customer_deleted']);
    }, 10_000);
    expect([ordersOf(victor), ordersOf(walter)]).toEqual([0, 1]);
  });

  it('creates orders for the user of the access token, and shows them to no other user', async () => {
    const [alice, bob] = [await stack.loggedIn('alice'), await stack.loggedIn('bob')];
    const order = await call(`${url}/orders`, { token: alice.access, json: { title: '牛奶', total: 500 } });
    expect([order.status, order.body]).toMatchObject([201, { title: '牛奶', total: 500, is_paying: false }]);
    expect((await call(`${url}/orders`, { token: alice.access })).body['items']).toEqual([order.body]);
    expect((await call(`${url}/orders`, { token: bob.access })).body['items']).toEqual([]);
    const path = `${url}/orders/${String(order.body['id'])}/pay`;
    expect((await call(path, { token: bob.access, method: 'POST' })).status).toBe(404);
    expect((await call(`${url}/orders`)).status).toBe(401);
  });

  it('takes no payment with the token of an ended session', async () => {
    const { access, refresh } = await stack.loggedIn('carol');
    await stack.call('/api/token/blacklist/', { json: { refresh } });
    expect((await call(`${url}/orders/x/pay`, { token: access, method: 'POST' })).status).toBe(401);
  });

  it('refuses a webhook with another signature, or without one', async () => {
    const { access, user_id } = await stack.loggedIn('dave');
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    expect(await webhook('user.disabled', user_id, { secret })).toBe(401);
    const unsigned = { type: 'user.disabled', timestamp: new Date().toISOString(), data: { user_id } };
    expect((await call(`${url}/webhooks/passport`, { json: unsigned })).status).toBe(401);
    expect((await call(`${url}/webhooks/passport`, { method: 'POST' })).status).toBe(401);
    expect((await stateOf(access))[0]).toBe(200);
  });

  it('follows the events of a user by their time, in any order of arrival', async () => {
    const { access, user_id } = await stack.loggedIn('erin');
    const at = Date.now();
    expect(await webhook('user.created', user_id, { at })).toBe(204);
    expect(await stateOf(access)).toEqual([200, 'active']);
    expect(await webhook('user.disabled', user_id, { at: at + 1 })).toBe(204);
    expect(await webhook('user.created', user_id, { at })).toBe(204);
    expect(await stateOf(access)).toEqual([403, 'customer_disabled']);
    expect(await webhook('user.enabled', user_id, { at: at + 2 })).toBe(204);
    expect(await stateOf(access)).toEqual([200, 'active']);
    expect(await webhook('user.invented', user_id)).toBe(204);
  });

  it('serves a disabled user again when the time of the disabling is over', async () => {
    const { access, user_id } = await stack.loggedIn('heidi');
    const until = (ms: number) => ({ more: { until: new Date(Date.now() + ms).toISOString() } });
    expect(await webhook('user.disabled', user_id, until(60_000))).toBe(204);
    expect(await stateOf(access)).toEqual([403, 'customer_disabled']);
    expect(await webhook('user.disabled', user_id, until(-1))).toBe(204);
    expect(await stateOf(access)).toEqual([200, 'active']);
  });

  it('moves the orders of a merged user to the one who remains', async () => {
    const [gone, kept] = [await stack.loggedIn('ivan'), await stack.loggedIn('judy')];
    const json = { title: '面包', total: 300 };
    const { body: order } = await call(`${url}/orders`, { token: gone.access, json });
    const more = { merged_user_id: gone.user_id };
    for (let times = 0; times < 2; times += 1)
      expect(await webhook('user.merged', kept.user_id, { more })).toBe(204);
    expect((await call(`${url}/orders`, { token: kept.access })).body['items']).toEqual([order]);
    expect((await call(`${url}/orders`, { token: gone.access, json })).status).toBe(403);
  });

  it('erases the orders of a deleted user, and of the users that were merged into them', async () => {
    const [frank, grace] = [await stack.loggedIn('frank'), await stack.loggedIn('grace')];
    for (const { access } of [frank, grace])
      await call(`${url}/orders`, { token: access, json: { title: '面包', total: 300 } });
    expect(await webhook('user.deleted', frank.user_id, { more: { merged_user_ids: [grace.user_id] } })).toBe(
      204,
    );
    for (const { access, user_id } of [frank, grace]) {
      expect(await stateOf(access)).toEqual([403, 'customer_deleted']);
      await webhook('user.enabled', user_id);
      expect((await call(`${url}/orders`, { token: access })).body['items']).toEqual([]);
    }
  });

  it('starts only with every setting', () => {
    const env = {
      PASSPORT_ISSUER: 'x',
      PASSPORT_ADMIN_URL: 'x',
      PASSPORT_CLIENT_ID: 'x',
      PASSPORT_CLIENT_SECRET: 'x',
      PASSPORT_WEBHOOK_SECRET: 'x',
    };
    expect(ShopSettings.from(env)).toMatchObject({ audience: 'weapp-passport' });
    for (const name of Object.keys(env))
      expect(() => ShopSettings.from({ ...env, [name]: '' })).toThrow(`${name} is not set`);
  });
});
