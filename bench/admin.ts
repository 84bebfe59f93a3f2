import { createHash, randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { withConnection } from './databases.js';
import type { Figures } from './figures.js';
import { measure, prepare } from './load.js';
import { bearer, get, openidOf, post, type Request } from './requests.js';
import { APPID, type Service } from './service.js';

const YEAR_MS = 365 * 86_400_000;
/** Requests before the measurement, to each instance. */
const WARM_UP = 200;
/** Users that are read in detail. */
const USERS = 100;
/** People whose openids are searched. */
const PEOPLE = 1_000_000;
/** One of so many requests is sent a second time for the latency of its kind. */
const ALONE = 10;

/**
 * Measures what the operator's console asks of the lists of users: pages, searches, states, and single users.
 * @returns the figures of all kinds mixed, and of each kind the latencies of its requests one after the other
 */
export async function measureAdminUsers(service: Service, count: number) {
  const admin = adminOf(service);
  const kinds = Object.entries(await kindsOf(admin));
  const requests = Array.from({ length: count + WARM_UP }, (_, index) =>
    kinds[index % kinds.length]?.[1](index),
  ).flatMap((request) => request ?? []);
  await prepare(admin, requests.slice(0, WARM_UP));
  const mixed = await measure(admin, requests.slice(WARM_UP));
  const alone: Record<string, Pick<Figures, 'p50_ms' | 'max_ms'>> = {};
  for (const [kind, requestOf] of kinds) {
    const own = Array.from({ length: Math.ceil(count / kinds.length / ALONE) }, (_, index) =>
      requestOf(index),
    );
    const { p50_ms, max_ms } = await measure(admin, own, 1);
    alone[kind] = { p50_ms, max_ms };
  }
  return { ...mixed, alone };
}

/** Returns a function for each kind of request, which makes one by its number. */
async function kindsOf(admin: Service): Promise<Record<string, (index: number) => Request>> {
  const token = await serviceToken(admin);
  const users = (query: string) => get(`/api/admin/users${query}`, token);
  const search = (key: object) => post('/api/admin/users/search', key, bearer(token));
  const [page = '{"items":[]}'] = await prepare(admin, [users(`?limit=${USERS}`)]);
  const { items } = JSON.parse(page) as { items: { id: string }[] };
  const state = (index: number) => (index % 2 === 0 ? 'disabled' : 'deleting');
  return {
    page: () => users(`?cursor=${cursorAt(randomTime())}`),
    active: (index) => users(`?state=active&cursor=${cursorAt(randomTime())}&limit=${1 + (index % 50)}`),
    state: (index) => users(`?state=${state(index)}`),
    id: () => users(`?q=${v7({ msecs: randomTime() }).slice(0, 8)}`),
    nickname: (index) => users(`?q=user${index % 1000}`),
    nickname_active: (index) => users(`?state=active&q=user${index % 1000}`),
    nickname_state: (index) => users(`?state=${state(index)}&q=user${index % 1000}`),
    openid: () => search({ openid: openidOf(Math.floor(Math.random() * PEOPLE)) }),
    unionid: (index) => search({ unionid: openidOf(`union ${index}`) }),
    phone: (index) => search({ phone: `+861${String(3_000_000_000 + index)}` }),
    one: (index) => users(items.length === 0 ? '' : `/${items[index % items.length]?.id ?? ''}`),
  };
}

/** Measures the figures of the console's first page. They read indexes of all users, so there are few requests. */
export async function measureAdminStats(service: Service, count: number): Promise<Figures> {
  const token = await serviceToken(service);
  const request = get('/api/admin/stats?range=30d', token);
  return measure(
    adminOf(service),
    Array.from({ length: Math.ceil(count / 500) }, () => request),
  );
}

/** Returns the service with the ports of its admin listeners. */
const adminOf = (service: Service): Service => ({
  ...service,
  apis: service.apis.map((api) => ({ ...api, port: api.adminPort })),
});

const randomTime = () => Date.now() - Math.floor(Math.random() * YEAR_MS);

/** Returns a cursor in the list by id: no user needs to have the id. */
const cursorAt = (msecs: number) =>
  Buffer.from(JSON.stringify({ by: 'id', id: v7({ msecs }) })).toString('base64url');

/** Creates a service account, and returns a token of it. */
async function serviceToken({ database, apis }: Service): Promise<string> {
  const [id, secret] = [v7(), randomBytes(32).toString('base64url')];
  const hash = createHash('sha256').update(secret).digest('base64url');
  await withConnection(database.url, (query) =>
    query(
      `INSERT INTO service_accounts (id, name, scopes, appids, secret_hash, created_at)
        VALUES ('${id}', '${id}', 'audit:read identities:read phones:read users:read', '${APPID}', '${hash}', ${Date.now()})`,
    ),
  );
  const answer = await fetch(`http://127.0.0.1:${apis[0]?.adminPort ?? 0}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret }),
  });
  if (!answer.ok) throw new Error(`the service account got no token: ${await answer.text()}`);
  return ((await answer.json()) as { access_token: string }).access_token;
}
