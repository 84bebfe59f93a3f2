import { isScope, type Scope } from '../service-accounts/scope.js';

/** What only operators may do: no service account can have these. */
export type OperatorScope =
  'installation:read' | 'operators:read' | 'operators:write' | 'service_accounts:write';

/** What a caller of the admin API may do. */
export type AdminScope = Scope | OperatorScope;

/** Returns whether a service account can have each of the scopes. */
export const areOfAccounts = (scopes: readonly AdminScope[]): scopes is readonly Scope[] =>
  scopes.every(isScope);
