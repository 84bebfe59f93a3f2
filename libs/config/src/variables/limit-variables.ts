import { integer } from '../validators.js';

const MAX_PER_MINUTE = 1_000_000;

/** How much is taken at one time, and in a minute. */
export const LIMIT_VARIABLES = {
  MAX_CONNECTIONS: integer(
    1,
    65_535,
  )({
    default: 2000,
    desc: 'Connections open at one time; further ones are closed. A client that reads no answer can make each hold about 64 KB of memory. A reverse proxy needs as many as it has requests in progress.',
  }),
  RATE_LIMIT_LOGIN_PER_MINUTE: integer(
    0,
    MAX_PER_MINUTE,
  )({
    default: 600,
    desc: 'Logins in a minute from one address (IPv6: one /64), merges, bindings of phone numbers and open data included, per instance unless there is a `REDIS_URL`; 0 for no limit. Generous because phones share the addresses of their carrier.',
  }),
  RATE_LIMIT_LOGIN_PER_APP_PER_MINUTE: integer(
    0,
    MAX_PER_MINUTE,
  )({
    default: 0,
    docs: '0: no limit',
    desc: 'Logins in a minute through one mini-program, per instance unless `REDIS_URL` is set, so that one of several cannot use all of the quota. Codes that WeChat refuses are counted apart: after as many of them, an address whose code was refused in that minute has to wait. `login_per_minute` in `WEIXIN_APPS_FILE` overrides it for one app.',
  }),
  RATE_LIMIT_REFRESH_PER_MINUTE: integer(
    0,
    MAX_PER_MINUTE,
  )({
    default: 600,
    desc: 'Refreshes in a minute of one session; calls without a valid refresh token count against their address. 0 for no limit.',
  }),
  RATE_LIMIT_VERIFY_PER_MINUTE: integer(
    0,
    MAX_PER_MINUTE,
  )({
    default: 1200,
    desc: 'Calls of `POST /api/token/verify/` in a minute from one address; 0 for no limit.',
  }),
};
