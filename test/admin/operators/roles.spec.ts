import { beforeAll, describe, expect, it } from 'vitest';
import { OPERATOR_ROLES, type OperatorRole, OperatorsService } from '../../../libs/admin/src/index.js';
import { call } from '../../support/http.js';
import { execute } from '../../support/rows.js';
import { useStack } from '../../support/stack.js';
import { adminUrlOf, APPID, createAccount } from '../admin.js';
import { operatorsOf, outcomeOf } from './operators.js';

const NO_ID = '019a0000-0000-7000-8000-000000000000';

/** The scopes that a role has and the role before it has not. */
const ADDED: Record<OperatorRole, string[]> = {
  viewer: ['apps:read', 'audit:read', 'users:read'],
  operator: [
    'claims:write',
    'identities:read',
    'installation:read',
    'phones:read',
    'pushes:read',
    'users:write',
    'webhooks:write',
  ],
  owner: ['keys:write', 'operators:read', 'operators:write', 'service_accounts:write'],
};
const SCOPES: Record<OperatorRole, string[]> = {
  viewer: ADDED.viewer,
  operator: [...ADDED.viewer, ...ADDED.operator],
  owner: [...ADDED.viewer, ...ADDED.operator, ...ADDED.owner],
};

/** Routes for every operator, and for callers without a session. */
const WITHOUT_SCOPE = /^\w+ \/(oauth|api\/admin\/(invitations|session|setup))(\/|$)/;

/** Routes that need a second code. */
const STEP_UP = [
  'delete /api/admin/operators/invitations/{name}',
  'delete /api/admin/operators/{id}',
  'delete /api/admin/service-accounts/{client_id}',
  'get /api/admin/users/{id}/identities',
  'get /api/admin/users/{id}/phone',
  'get /api/admin/weixin/pushes/{id}',
  'post /api/admin/keys/rotate',
  'post /api/admin/keys/{kid}/compromised',
  'post /api/admin/operators',
  'post /api/admin/operators/{id}/reset',
  'post /api/admin/service-accounts',
  'post /api/admin/service-accounts/{client_id}/rotate',
  'post /api/admin/users/{id}/deletion',
  'post /api/admin/webhooks/{id}/rotate',
];

interface Document {
  paths: Record<string, Record<string, { 'x-operator-scopes'?: string[] }>>;
}

describe('the roles of operators', () => {
  const stack = useStack({ ADMIN_PORT: '0', DOCS: 'true' });
  const operators = operatorsOf(stack);
  const cookies = new Map<OperatorRole, string>();
  let routes: { name: string; scopes: string[] }[] = [];

  beforeAll(async () => {
    for (const role of OPERATOR_ROLES) cookies.set(role, (await operators.person(role)).cookie);
    const { body } = await call<Document>(`${adminUrlOf(stack)}/api/admin/docs-json`);
    routes = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { 'x-operator-scopes': scopes = [] }]) => ({
        name: `${method} ${path}`,
        scopes,
      })),
    );
  });

  const ask = async (role: OperatorRole, name: string) => {
    const [method = '', path = ''] = name.split(' ');
    const target = path
      .replace('/api/admin', '')
      .replace(/\{(id|sid|client_id|kid|name)\}/g, NO_ID)
      .replace('{appid}', APPID);
    return outcomeOf(await operators.asPage(target, { method: method.toUpperCase() }, cookies.get(role)));
  };

  it.each(OPERATOR_ROLES)('give the %s its scopes, and close every other route', async (role) => {
    const { body } = await operators.asPage('/session', {}, cookies.get(role));
    expect([...(body['scopes'] as string[])].sort()).toEqual([...SCOPES[role]].sort());
    expect(routes.length).toBeGreaterThan(40);
    for (const { name, scopes } of routes) {
      expect([name, scopes.length === 0]).toEqual([name, WITHOUT_SCOPE.test(name)]);
      const isOpen = scopes.every((scope) => SCOPES[role].includes(scope));
      const outcome = await ask(role, name);
      if (isOpen) expect(outcome, name).not.toEqual([403, 'insufficient_scope']);
      else expect(outcome, name).toEqual([403, 'insufficient_scope']);
      // The session ends with these.
      if (/\/session(\/all)?$/.test(name) && name.startsWith('delete')) await renew(role);
    }
  });

  it('ask owners for a code before routes that reveal, destroy or change access', async () => {
    await renew('owner');
    const asking = [];
    for (const { name } of routes) {
      if (name.startsWith('delete /api/admin/session')) continue;
      const outcome = await ask('owner', name);
      if (Array.isArray(outcome) && outcome[1] === 'step_up_required') asking.push(name);
    }
    expect(asking.sort()).toEqual(expect.arrayContaining(STEP_UP));
  });

  it('leave accounts with weixin:token to the command line, but for their revocation', async () => {
    const owner = await operators.person('owner');
    await operators.stepUp(owner, owner.cookie);
    const { clientId } = await createAccount(stack, { scopes: ['weixin:token', 'users:read'] });
    const path = `/service-accounts/${clientId}`;
    const rotated = await operators.asPage(`${path}/rotate`, { method: 'POST' }, owner.cookie);
    expect(outcomeOf(rotated)).toEqual([403, 'insufficient_scope']);
    expect(rotated.text).not.toContain('secret');
    expect((await operators.asPage(path, { method: 'DELETE' }, owner.cookie)).status).toBe(204);
  });

  it('keep the last owner who can sign in: one who was reset does not count', async () => {
    const owner = await operators.person('owner');
    const others = `role = 'owner' AND id <> '${owner.id}'`;
    await execute(stack.databaseUrl, `UPDATE operators SET password_hash = NULL WHERE ${others}`);
    const removed = stack.service(OperatorsService).remove({ id: owner.id });
    await expect(removed).rejects.toMatchObject({ code: 'last_owner' });
  });

  async function renew(role: OperatorRole): Promise<void> {
    cookies.set(role, (await operators.person(role)).cookie);
  }
});
