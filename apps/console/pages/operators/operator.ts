import type { Role } from '../../api/types.js';

/** The roles, from the one that may see only. */
export const ROLES = ['viewer', 'operator', 'owner'] as const satisfies readonly Role[];

/** A person who may use the console. */
export interface Operator {
  id: string;
  name: string;
  role: Role;
  created_at: string;
  last_seen_at?: string;
}

/** An invitation that is neither accepted nor expired. */
export interface Invitation {
  name: string;
  role: Role;
  expires_at: string;
}

/** What opens an invitation, once. */
export interface OperatorLink {
  link_token: string;
  expires_at: string;
}
