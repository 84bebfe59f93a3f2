/** The ranges of the figures. */
export const RANGES = ['24h', '7d', '30d'] as const;

/** How often a login was refused for one reason. */
export interface Refusal {
  code: string;
  count: number;
}

/** Answer of `GET /api/admin/stats`. */
export interface Stats {
  range: (typeof RANGES)[number];
  users: number;
  active_today: number;
  series: { at: string; logins: number; new_users: number; refusals: number }[];
  refusals: Refusal[];
  phone_numbers: number;
  deletions_due: number;
  apps: { appid: string; identities: number }[];
  weixin: { circuit: 'closed' | 'half_open' | 'open'; exchange_ms?: number };
}
