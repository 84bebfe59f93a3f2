import { ServiceAccountsService } from '../../libs/admin/src/index.js';
import { call, type CallOptions } from '../support/http.js';
import type { useStack } from '../support/stack.js';

type Stack = ReturnType<typeof useStack>;

/** The app of the sandbox that logs in by default. */
export const APPID = 'wxsandbox000000001';

/** Returns the address of the admin listener of a service with `ADMIN_PORT: '0'`, as it is logged. */
export function adminUrlOf({ logs }: { readonly logs: readonly string[] }): string {
  const url = Array.from(logs.join('').matchAll(/admin listener on (http:[^"]+)"/g), ([, found]) => found).at(
    -1,
  );
  if (url === undefined) throw new Error('there is no admin listener');
  return url;
}

let made = 0;

/** Creates a service account in the running service. */
export async function createAccount(
  stack: Stack,
  members: Partial<Parameters<ServiceAccountsService['create']>[0]> = {},
) {
  const name = `account-${(made += 1)}`;
  const account = { name, scopes: ['apps:read'] as const, appids: [APPID], ...members };
  const created = await stack.service(ServiceAccountsService).create(account);
  if (!created) throw new Error('the name is taken');
  return { ...created, name };
}

/** Returns a service token of an account, with all its scopes. */
export async function serviceToken(
  stack: Stack,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
): Promise<string> {
  const parameters = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  const { body } = await call(`${adminUrlOf(stack)}/oauth/token`, form(parameters));
  return String(body['access_token']);
}

/** Creates an account with scopes, and returns a function that calls the admin API with its token. */
export async function adminCaller(stack: Stack, members: Parameters<typeof createAccount>[1] = {}) {
  const account = await createAccount(stack, members);
  const token = await serviceToken(stack, account);
  const ask = <Body = Record<string, unknown>>(path: string, options: CallOptions = {}) =>
    call<Body>(`${adminUrlOf(stack)}/api/admin${path}`, { token, ...options });
  return { ask, token, clientId: account.clientId };
}

/** Returns the body of a form. */
export const form = (members: Record<string, string>) => ({
  method: 'POST',
  body: new URLSearchParams(members).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});
