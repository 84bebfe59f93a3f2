import type { AdminScope } from '../guard/admin-scope.js';

/** The roles of operators, from the one that may do everything. */
export const OPERATOR_ROLES = ['owner', 'operator', 'viewer'] as const;

/** What an operator is allowed: see {@link scopesOf}. */
export type OperatorRole = (typeof OPERATOR_ROLES)[number];

/** Returns whether a text is the name of a role. */
export const isOperatorRole = (text: string): text is OperatorRole =>
  OPERATOR_ROLES.some((role) => role === text);

const VIEWER = ['apps:read', 'audit:read', 'users:read'] as const satisfies readonly AdminScope[];

const OPERATOR = [
  ...VIEWER,
  'claims:write',
  'identities:read',
  'installation:read',
  'phones:read',
  'pushes:read',
  'users:write',
  'webhooks:write',
] as const satisfies readonly AdminScope[];

const OWNER = [
  ...OPERATOR,
  'keys:write',
  'operators:read',
  'operators:write',
  'service_accounts:write',
] as const satisfies readonly AdminScope[];

const SCOPES: Readonly<Record<OperatorRole, readonly AdminScope[]>> = {
  owner: OWNER,
  operator: OPERATOR,
  viewer: VIEWER,
};

/** Returns the scopes of a role. No role has `weixin:token`. */
export const scopesOf = (role: OperatorRole): readonly AdminScope[] => SCOPES[role];
