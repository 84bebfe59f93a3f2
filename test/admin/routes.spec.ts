import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SCOPES, type Scope } from '../../libs/admin/src/index.js';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { useStack } from '../support/stack.js';
import { adminCaller, adminUrlOf, APPID } from './admin.js';

const OTHER_APPID = 'wxsandbox000000002';
const NO_ID = '019a0000-0000-7000-8000-000000000000';
const NO_HASH = '0'.repeat(64);

interface Route {
  /** Scopes without one of which the route answers 403. */
  scopes: Scope[];
  json?: object;
  /** The answer to an account of another app, if it is not that of its own data. */
  elsewhere?: [number, unknown];
  good?: number;
}
const NOT_FOUND: [number, unknown] = [404, 'user_not_found'];

/** Every route of the admin API. A route that is missing here fails the first test. */
const ROUTES: Record<string, Route> = {
  'get /api/admin/apps': { scopes: ['apps:read'] },
  'post /api/admin/apps/{appid}/test-push': {
    scopes: ['users:write'],
    elsewhere: [400, 'app_unknown'],
  },
  'get /api/admin/events': { scopes: ['audit:read'] },
  'get /api/admin/events.csv': { scopes: ['audit:read'] },
  'get /api/admin/keys': { scopes: ['keys:write'] },
  // The first keys are a few seconds old.
  'post /api/admin/keys/rotate': { scopes: ['keys:write'], good: 409 },
  // None of the keys has the id that this is sent with.
  'post /api/admin/keys/{kid}/compromised': { scopes: ['keys:write'], good: 404 },
  'get /api/admin/stats': { scopes: ['audit:read'] },
  'get /api/admin/users': { scopes: ['users:read'] },
  'post /api/admin/users/search': {
    scopes: ['users:read', 'phones:read'],
    json: { phone: '+8613812345678' },
  },
  'get /api/admin/users/{id}': { scopes: ['users:read'], elsewhere: NOT_FOUND },
  'get /api/admin/users/{id}/claims': { scopes: ['claims:write'], elsewhere: NOT_FOUND },
  'put /api/admin/users/{id}/claims': {
    scopes: ['claims:write'],
    json: { claims: { role: 'editor' } },
    elsewhere: NOT_FOUND,
  },
  'get /api/admin/users/{id}/identities': { scopes: ['identities:read'], elsewhere: NOT_FOUND },
  'get /api/admin/users/{id}/phone': { scopes: ['phones:read'], elsewhere: NOT_FOUND },
  'post /api/admin/users/{id}/disable': { scopes: ['users:write'], elsewhere: NOT_FOUND },
  'post /api/admin/users/{id}/enable': { scopes: ['users:write'], elsewhere: NOT_FOUND },
  'get /api/admin/users/{id}/sessions': { scopes: ['users:write'], elsewhere: NOT_FOUND },
  'delete /api/admin/users/{id}/sessions': { scopes: ['users:write'], elsewhere: NOT_FOUND, good: 204 },
  'delete /api/admin/users/{id}/sessions/{sid}': {
    scopes: ['users:write'],
    elsewhere: NOT_FOUND,
    // The session has ended by the route above.
    good: 404,
  },
  'post /api/admin/users/{id}/deletion': { scopes: ['users:write'], elsewhere: NOT_FOUND },
  'delete /api/admin/users/{id}/deletion': { scopes: ['users:write'], elsewhere: NOT_FOUND, good: 204 },
  'get /api/admin/webhooks': { scopes: ['webhooks:write'] },
  'post /api/admin/webhooks': {
    scopes: ['webhooks:write'],
    json: { url: 'https://127.0.0.1/', events: ['user.created'] },
    // The address is refused.
    good: 400,
  },
  // None has the id that these are sent with. test/webhooks has one.
  'delete /api/admin/webhooks/{id}': { scopes: ['webhooks:write'], good: 404 },
  'get /api/admin/webhooks/{id}/deliveries': { scopes: ['webhooks:write'], good: 404 },
  'post /api/admin/webhooks/{id}/replay': { scopes: ['webhooks:write'], json: {}, good: 404 },
  'post /api/admin/webhooks/{id}/rotate': { scopes: ['webhooks:write'], json: {}, good: 404 },
  'post /api/admin/webhooks/{id}/test': { scopes: ['webhooks:write'], good: 404 },
  'get /api/admin/weixin/pushes/{id}': { scopes: ['pushes:read'], good: 404 },
  'get /api/admin/weixin/{appid}/access-token': {
    scopes: ['weixin:token'],
    elsewhere: [400, 'app_unknown'],
  },
  'post /api/admin/weixin/{appid}/access-token/refused': {
    scopes: ['weixin:token'],
    json: { sha256: NO_HASH },
    elsewhere: [400, 'app_unknown'],
  },
};

/** Every route that no service account can call. test/admin/operators has their stories. */
const OPERATOR_ROUTES = [
  'post /api/admin/doctor',
  'get /api/admin/service-accounts',
  'post /api/admin/service-accounts',
  'delete /api/admin/service-accounts/{client_id}',
  'post /api/admin/service-accounts/{client_id}/rotate',
  'get /api/admin/operators',
  'post /api/admin/operators',
  'delete /api/admin/operators/{id}',
  'get /api/admin/operators/invitations',
  'delete /api/admin/operators/invitations/{name}',
  'post /api/admin/operators/{id}/reset',
  'get /api/admin/session',
  'post /api/admin/session',
  'delete /api/admin/session',
  'delete /api/admin/session/all',
  'put /api/admin/session/password',
  'post /api/admin/session/step-up',
  'post /api/admin/invitations/open',
  'post /api/admin/invitations/accept',
  'get /api/admin/setup',
];

interface Operation {
  summary?: string;
  security?: Record<string, string[]>[];
  responses: Record<string, { content?: Record<string, unknown> }>;
}
type Document = { paths: Record<string, Record<string, Operation>> };

describe('the routes of the admin API', () => {
  const stack = useStack({
    ADMIN_PORT: '0',
    DOCS: 'true',
    DELETION_LEDGER: join(useFolder(), 'deletions.jsonl'),
  });
  const entries = Object.entries(ROUTES).map(([name, route]) => {
    const [method = '', path = ''] = name.split(' ');
    return { name, method: method.toUpperCase(), path, route };
  });
  const send = (
    { method, path, route }: (typeof entries)[0],
    id: string,
    token: string | undefined,
    options: object = { json: route.json },
  ) => {
    const target = path.replace('{id}', id).replace('{sid}', NO_ID).replace('{appid}', APPID);
    return call(adminUrlOf(stack) + target, { method, token, ...options });
  };

  it('are those of docs/openapi-admin.json, each with its scopes and its problems', async () => {
    const { body, text } = await call<Document>(`${adminUrlOf(stack)}/api/admin/docs-json`);
    const file = readFileSync(new URL('../../docs/openapi-admin.json', import.meta.url), 'utf8');
    expect(JSON.parse(file)).toEqual(JSON.parse(text));
    expect((await call(`${adminUrlOf(stack)}/api/admin/docs`)).text).toContain('swagger-ui');
    const found = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
    );
    const names = [...Object.keys(ROUTES), ...OPERATOR_ROUTES];
    expect(found.map(({ name }) => name).sort()).toEqual(names.sort());
    for (const { name, operation } of found.filter((route) => route.name in ROUTES)) {
      expect(operation.summary, name).toBeTruthy();
      const [scope] = operation.security?.[0]?.['service_account'] ?? [];
      expect(ROUTES[name]?.scopes, name).toContain(scope);
      expect(Object.keys(operation.responses), name).toEqual(expect.arrayContaining(['401', '403', '421']));
    }
    expect(JSON.stringify(body)).not.toContain('"Principal"');
  });

  it('refuse requests without a token and with the token of a user, before the body is parsed', async () => {
    const { access, user_id } = await stack.loggedIn();
    const broken = { body: '{', headers: { 'content-type': 'application/json' } };
    for (const entry of entries) {
      const sent = entry.method === 'GET' ? {} : broken;
      for (const [token, code] of [
        [undefined, 'token_missing'],
        [access, 'token_invalid'],
      ] as const) {
        const { status, body } = await send(entry, user_id, token, sent);
        expect([status, body['code']], entry.name).toEqual([401, code]);
      }
    }
  });

  it('refuse each token that lacks one of their scopes', async () => {
    const { user_id } = await stack.loggedIn();
    for (const missing of new Set(entries.flatMap(({ route }) => route.scopes))) {
      const { token } = await adminCaller(stack, { scopes: SCOPES.filter((scope) => scope !== missing) });
      for (const entry of entries.filter(({ route }) => route.scopes.includes(missing))) {
        const { status, body, headers } = await send(entry, user_id, token);
        expect([status, body['code']], entry.name).toEqual([403, 'insufficient_scope']);
        expect(headers.get('www-authenticate')).toContain('error="insufficient_scope"');
      }
    }
  });

  it('show an account nothing of the users of another app', async () => {
    const { user_id } = await stack.loggedIn('of another app', OTHER_APPID);
    const { user_id: alice } = await stack.loggedIn();
    const { token } = await adminCaller(stack, { scopes: SCOPES, appids: ['wx1234567890abcdef'] });
    for (const entry of entries) {
      const { status, body, text } = await send(entry, user_id, token);
      if (entry.route.elsewhere) expect([status, body['code']], entry.name).toEqual(entry.route.elsewhere);
      else expect(status, entry.name).toBe(entry.route.good ?? 200);
      for (const id of [user_id, alice]) expect(text, entry.name).not.toContain(id);
    }
  });

  it('refuse accounts where only operators may call, with every scope', async () => {
    const { token } = await adminCaller(stack, { scopes: SCOPES });
    for (const name of OPERATOR_ROUTES.filter((route) => route !== 'get /api/admin/setup')) {
      const [method = '', path = ''] = name.split(' ');
      const target = adminUrlOf(stack) + path.replace(/\{\w+\}/, NO_ID);
      const { status, body } = await call(target, { method: method.toUpperCase(), token });
      const expected = /\/(doctor|operators|service-accounts)/.test(path)
        ? [403, 'insufficient_scope']
        : method === 'get'
          ? [401, 'operator_session_missing']
          : [403, 'origin_not_allowed'];
      expect([status, body['code']], name).toEqual(expected);
    }
  });

  it('answer an account with their scopes', async () => {
    const { user_id } = await stack.loggedIn('good');
    for (const entry of entries) {
      const { token } = await adminCaller(stack, { scopes: entry.route.scopes });
      const { status, text } = await send(entry, user_id, token);
      expect(status, `${entry.name} ${text}`).toBe(entry.route.good ?? 200);
      const unknown = entry.path.startsWith('/api/admin/users/{id}')
        ? await send(entry, 'no-id', token)
        : undefined;
      if (unknown) expect([unknown.status, unknown.body['code']], entry.name).toEqual(NOT_FOUND);
    }
  });
});
