import { createHash, randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { withConnection } from './databases.js';
import type { Figures } from './figures.js';
import { measure, prepare } from './load.js';
import { get, type Request } from './requests.js';
import { APPID, type Service } from './service.js';

const YEAR_MS = 365 * 86_400_000;
/** Requests before the measurement, to each instance. */
const WARM_UP = 200;
/** Users that are read in detail. */
const USERS = 100;

/** Measures what the operator's console asks of the lists of users: pages, searches, states, and single users. */
export async function measureAdminUsers(service: Service, count: number): Promise<Figures> {
  const admin = adminOf(service);
  const token = await serviceToken(service);
  const users = (path: string) => get(`/api/admin/users${path}`, token);
  const [page = '{"items":[]}'] = await prepare(admin, [users(`?limit=${USERS}`)]);
  const { items } = JSON.parse(page) as { items: { id: string }[] };
  const asked: ((index: number) => Request)[] = [
    () => users(`?cursor=${cursorAt(randomTime())}`),
    () => users(`?q=${v7({ msecs: randomTime() }).slice(0, 8)}`),
    (index) => users(`?q=user${index % 1000}`),
    (index) => users(`?state=${index % 2 === 0 ? 'disabled' : 'deleting'}`),
    (index) => users(`?state=active&cursor=${cursorAt(randomTime())}&limit=${1 + (index % 50)}`),
    (index) => users(items.length === 0 ? '' : `/${items[index % items.length]?.id ?? ''}`),
  ];
  const requests = Array.from({ length: count + WARM_UP }, (_, index) =>
    asked[index % asked.length]?.(index),
  );
  const sent = requests.flatMap((request) => request ?? []);
  await prepare(admin, sent.slice(0, WARM_UP));
  return measure(admin, sent.slice(WARM_UP));
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
        VALUES ('${id}', '${id}', 'users:read audit:read', '${APPID}', '${hash}', ${Date.now()})`,
    ),
  );
  const answer = await fetch(`http://127.0.0.1:${apis[0]?.adminPort ?? 0}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret }),
  });
  if (!answer.ok) throw new Error(`the service account got no token: ${await answer.text()}`);
  return ((await answer.json()) as { access_token: string }).access_token;
}
