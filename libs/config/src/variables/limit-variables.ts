import { integer } from '../validators.js';

const MAX_PER_MINUTE = 1_000_000;

/** The limits of requests: their sizes, their number at one time and per minute. */
export const LIMIT_VARIABLES = {
  MAX_CONNECTIONS: integer(
    1,
    65_535,
  )({
    default: 2000,
    desc: 'Connections that may be open at the same time; further ones are closed. A client that does not read its answers can make each connection hold about 64 KB of memory. A reverse proxy needs as many connections as it has requests in progress.',
  }),
  RATE_LIMIT_LOGIN_PER_MINUTE: integer(
    0,
    MAX_PER_MINUTE,
  )({
    default: 600,
    desc: 'Logins per minute from one address (IPv6: one /64), including merges, phone numbers and open data. Each instance counts for itself unless `REDIS_URL` is set; 0 for no limit. The default is high because many phones share one address of their carrier.',
  }),
  RATE_LIMIT_LOGIN_PER_APP_PER_MINUTE: integer(
    0,
    MAX_PER_MINUTE,
  )({
    default: 0,
    docs: '0: no limit',
    desc: 'Logins per minute through one mini-program, so that it cannot use up the quota of the others. Each instance counts for itself unless `REDIS_URL` is set. Codes that WeChat refuses are counted separately: once they reach this number, an address that sent a refused code in that minute has to wait. `login_per_minute` in `WEIXIN_APPS_FILE` overrides the limit for one app.',
  }),
  RATE_LIMIT_REFRESH_PER_MINUTE: integer(
    0,
    MAX_PER_MINUTE,
  )({
    default: 600,
    desc: 'Refreshes per minute of one session; calls without a valid refresh token count for their address. 0 for no limit.',
  }),
  RATE_LIMIT_SERVICE_TOKEN_PER_MINUTE: integer(
    0,
    MAX_PER_MINUTE,
  )({
    default: 600,
    desc: 'Service tokens per minute for one service account and address, and failed authentications at `/oauth/*` per minute from one address. 0 for no limit.',
  }),
  RATE_LIMIT_VERIFY_PER_MINUTE: integer(
    0,
    MAX_PER_MINUTE,
  )({
    default: 1200,
    desc: 'Calls of `POST /api/token/verify/` per minute from one address, and pushes with a wrong signature per minute from one address. 0 for no limit.',
  }),
};
