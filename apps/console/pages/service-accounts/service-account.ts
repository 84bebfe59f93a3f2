/** What an owner can grant: `weixin:token` comes from the command line only. */
export const GRANTABLE_SCOPES = [
  'apps:read',
  'users:read',
  'users:write',
  'identities:read',
  'phones:read',
  'claims:write',
  'audit:read',
  'keys:write',
  'pushes:read',
  'webhooks:write',
] as const;

/** Another back end. */
export interface ServiceAccount {
  client_id: string;
  name: string;
  scopes: string[];
  apps: string[];
  live_secrets: number;
  created_at: string;
  rotated_at?: string;
  revoked_at?: string;
}

/** What an account authenticates with, shown once. */
export interface Credentials {
  client_id: string;
  client_secret: string;
}
