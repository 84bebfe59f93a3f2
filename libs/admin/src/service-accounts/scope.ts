/** Every scope that a service account can have: the routes of `/api/admin` name them. */
export const SCOPES = [
  'apps:read',
  'audit:read',
  'claims:write',
  'identities:read',
  'keys:write',
  'phones:read',
  'pushes:read',
  'users:read',
  'users:write',
  'webhooks:write',
  'weixin:token',
] as const;

/** What a service account may do. */
export type Scope = (typeof SCOPES)[number];

/** Returns whether a text is the name of a scope. */
export const isScope = (text: string): text is Scope => SCOPES.some((scope) => scope === text);
