import { DataSource } from 'typeorm';
import { describe, expect, it, vi } from 'vitest';
import { adminCaller } from '../admin/admin.js';
import { ended } from '../support/command.js';
import { databaseKind } from '../support/database.js';
import { execute, rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { useReceiver } from './receiver.js';

const NO_ID = '019a0000-0000-7000-8000-000000000000';
const WITHIN = { timeout: 10_000 };
const SECRET = expect.stringMatching(/^whsec_[\w+/]{43}=$/) as string;
type Item = Record<string, unknown>;
type List = { items: Item[]; next_cursor?: string };

describe('the management of webhooks', () => {
  const stack = useStack({ ADMIN_PORT: '0', WEBHOOK_ALLOWED_HOSTS: '127.0.0.1' });
  const receiver = useReceiver();
  const command = async (...argv: string[]) => {
    const { code, stdout, stderr } = await ended(stack.env, 'webhooks', ...argv, '--json');
    return { code, body: JSON.parse(stdout || stderr) as Item };
  };
  const kinds = (detail: unknown) =>
    rows<Item>(
      stack.databaseUrl,
      `SELECT kind, actor FROM auth_events WHERE detail = '${String(detail)}' ORDER BY id`,
    );

  it('by the admin API creates, lists, tests, rotates, replays and removes, each change with its actor', async () => {
    const { ask, clientId: actor } = await adminCaller(stack, { scopes: ['webhooks:write'] });
    const json = { url: receiver.url, events: ['user.created', 'user.created'] };
    const created = await ask('/webhooks', { json });
    expect([created.status, created.body]).toEqual([
      200,
      { id: expect.any(String) as string, secret: SECRET },
    ]);
    const id = String(created.body['id']);
    const rotated = await ask(`/webhooks/${id}/rotate`, { json: {} });
    expect(rotated.body).toEqual({ id, secret: SECRET });
    const list = await ask<List>('/webhooks');
    expect(list.body.items).toMatchObject([
      { id, url: receiver.url, events: ['user.created'], live_secrets: 2 },
    ]);
    expect(list.text).not.toContain('whsec_');
    expect((await ask(`/webhooks/${id}/test`, { method: 'POST' })).body).toEqual({
      delivered: true,
      result: '204',
    });
    expect(receiver.received.at(-1)?.event).toMatchObject({ type: 'webhook.test', data: {} });

    for (const name of ['one', 'two', 'three']) await stack.loggedIn(name);
    const deliveries = (query: string) => ask<List>(`/webhooks/${id}/deliveries?${query}`);
    await expect.poll(async () => (await deliveries('state=delivered')).body.items, WITHIN).toHaveLength(3);
    const first = await deliveries('limit=2');
    const second = await deliveries(`limit=2&cursor=${String(first.body.next_cursor)}`);
    expect([first.body.items.length, second.body.items.length, second.body.next_cursor]).toEqual([
      2,
      1,
      undefined,
    ]);
    const all = [...first.body.items, ...second.body.items].map((item) => item['id']);
    expect(all).toEqual([...all].sort().reverse());
    const replay = await ask(`/webhooks/${id}/replay`, { json: { delivery_id: all[0] } });
    expect(replay.body).toEqual({ replayed: 1 });
    expect((await ask(`/webhooks/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await ask(`/webhooks/${id}/replay`, { json: {} })).body).toMatchObject({ code: 'not_found' });
    const changes = ['webhook_created', 'webhook_rotated', 'webhook_replayed', 'webhook_removed'];
    expect(await kinds(id)).toEqual(changes.map((kind) => ({ kind, actor })));
  });

  it.each([
    ['http', 'http://shop.example.com/', 'https'],
    ['a private address', 'https://10.0.0.1/', 'private'],
    ['the metadata of a cloud', 'https://100.100.100.200/', 'private'],
    ['a mapped address', 'https://[::ffff:10.0.0.1]/', 'private'],
    ['a NAT64 address', 'https://[64:ff9b::10.0.0.1]/', 'private'],
    ['a user and a password', 'https://user:secret@127.0.0.1/', 'password'],
    ['a fragment', 'https://127.0.0.1/#part', 'fragment'],
    ['no address', 'shop', 'https'],
    ['another scheme', 'file:///etc/passwd', 'https'],
  ])('refuses %s with a reason', async (_, url, reason) => {
    const { ask } = await adminCaller(stack, { scopes: ['webhooks:write'] });
    const { status, body } = await ask('/webhooks', { json: { url, events: ['user.created'] } });
    expect([status, body['code']]).toEqual([400, 'webhook_url_refused']);
    expect(body['detail']).toContain(reason);
    expect(JSON.stringify(body)).not.toContain('secret@');
  });

  it.each([
    ['no events', { events: [] }],
    ['an unknown event', { events: ['user.unknown'] }],
    ['no list of events', { events: 'user.created' }],
    ['an unknown member', { events: ['user.created'], secret: 'mine' }],
  ])('refuses a body with %s', async (_, members) => {
    const { ask } = await adminCaller(stack, { scopes: ['webhooks:write'] });
    const { status, body } = await ask('/webhooks', { json: { url: receiver.url, ...members } });
    expect([status, body['code']]).toEqual([400, 'validation_failed']);
  });

  it('refuses more than 20 webhooks', async () => {
    const { ask } = await adminCaller(stack, { scopes: ['webhooks:write'] });
    const create = () => ask('/webhooks', { json: { url: receiver.url, events: ['user.merged'] } });
    const answers = [];
    for (let n = 0; n < 21; n += 1) answers.push(await create());
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(20).fill(200), 409]);
    expect(answers.at(-1)?.body['code']).toBe('webhooks_exhausted');
    await execute(stack.databaseUrl, 'DELETE FROM webhook_endpoints WHERE slot > 17');
    const concurrent = await Promise.all([create(), create(), create(), create()]);
    expect(concurrent.map(({ status }) => status).sort()).toEqual([200, 200, 409, 409]);
    await execute(stack.databaseUrl, 'DELETE FROM webhook_endpoints');
  });

  it.runIf(databaseKind === 'sqlite')(
    'reads a page of deliveries by an index, however many there are',
    async () => {
      const { ask } = await adminCaller(stack, { scopes: ['webhooks:write'] });
      const { body } = await ask('/webhooks', { json: { url: receiver.url, events: ['user.merged'] } });
      const asked: string[] = [];
      const log = vi
        .spyOn(stack.service(DataSource).logger, 'logQuery')
        .mockImplementation((sql) => void asked.push(sql));
      for (const query of ['', '?state=dead', `?state=pending&cursor=${NO_ID}`])
        expect((await ask(`/webhooks/${String(body['id'])}/deliveries${query}`)).status).toBe(200);
      log.mockRestore();
      const reads = asked.filter((sql) => sql.includes('FROM "outbox"'));
      expect(reads).toHaveLength(5);
      for (const sql of reads) {
        const explained = `EXPLAIN QUERY PLAN ${sql.replaceAll('?', "'x'")}`;
        const plan = await rows<{ detail: string }>(stack.databaseUrl, explained);
        expect(plan.map(({ detail }) => detail)).toEqual([
          expect.stringMatching(/^SEARCH .* USING INDEX ix_outbox_endpoint_id_state_id /),
        ]);
      }
      await execute(stack.databaseUrl, 'DELETE FROM webhook_endpoints');
    },
  );

  it('by the command line creates, lists, tests, rotates, lists deliveries, replays and removes', async () => {
    const created = await command('create', receiver.url, '--event', 'user.created', 'user.merged');
    expect(created).toEqual({ code: 0, body: { id: expect.any(String) as string, secret: SECRET } });
    const id = String(created.body['id']);
    expect((await command('list')).body).toMatchObject({
      items: [{ id, events: ['user.created', 'user.merged'], live_secrets: 1 }],
    });
    expect(await command('test', id)).toEqual({ code: 0, body: { delivered: true, result: '204' } });
    receiver.answers((_, response) => void response.writeHead(500).end());
    expect(await command('test', id)).toEqual({ code: 1, body: { delivered: false, result: '500' } });
    receiver.answers();
    expect((await command('rotate', id, '--compromised')).body).toEqual({ id, secret: SECRET });
    expect((await command('deliveries', id, '--state', 'dead')).body).toEqual({ items: [] });
    expect((await command('replay', id)).body).toEqual({ replayed: 0 });
    expect((await command('remove', id)).body).toEqual({ id, removed: true });
    expect(await kinds(id)).toContainEqual({ kind: 'webhook_removed', actor: null });
  });

  it.each([
    ['an unknown webhook', ['rotate', NO_ID], 1, 'webhook_not_found'],
    ['an id that is none', ['remove', 'x'], 1, 'webhook_not_found'],
    ['an unknown event', ['create', 'https://127.0.0.1/', '--event', 'user.unknown'], 2, 'event_unknown'],
    ['no event', ['create', 'https://127.0.0.1/'], 2, 'event_unknown'],
    [
      'a private address',
      ['create', 'https://10.0.0.1/', '--event', 'user.created'],
      1,
      'webhook_url_refused',
    ],
    ['an unknown state', ['deliveries', NO_ID, '--state', 'lost'], 2, 'state_unknown'],
    ['an id of a delivery that is none', ['replay', NO_ID, '--delivery', 'x'], 2, 'delivery_malformed'],
  ])('by the command line refuses %s', async (_, argv, exitCode, code) => {
    expect(await command(...argv)).toMatchObject({ code: exitCode, body: { error: { code } } });
  });

  it('has metrics of the attempts and of the oldest message', async () => {
    const { ask } = await adminCaller(stack, { scopes: ['webhooks:write'] });
    receiver.answers((_, response) => void response.writeHead(500).end());
    await ask('/webhooks', { json: { url: receiver.url, events: ['user.created'] } });
    await stack.loggedIn('measured');
    const scrape = async () => (await stack.call('/metrics')).text;
    await expect.poll(scrape, WITHIN).toMatch(/webhook_attempts_total\{outcome="failed"\} [1-9]/);
    await execute(stack.databaseUrl, 'UPDATE outbox SET created_at = created_at - 3600000');
    expect(await scrape()).toMatch(/webhook_oldest_pending_seconds 36\d\d\./);
    await execute(stack.databaseUrl, 'DELETE FROM webhook_endpoints');
    expect(await scrape()).toMatch(/webhook_oldest_pending_seconds 0\n/);
  });
});
