import type { CleanedEnv } from 'envalid';
import {
  baseUrl,
  databaseUrl,
  flag,
  hostNames,
  integer,
  oneOf,
  secret,
  secrets,
  text,
  weixinApps,
} from './validators.js';

const DAY_SECONDS = 86_400;
const MAX_PER_MINUTE = 1_000_000;

/** The imitation of WeChat in `apps/sandbox` knows these two apps; its secrets are public. */
export const SANDBOX_APPS = [
  { appid: 'wxsandbox000000001', secret: 'sandbox-secret' },
  { appid: 'wxsandbox000000002', secret: 'sandbox-secret-2' },
] as const;

/**
 * The one schema of the environment. `docs/config.md` is generated from it: `desc` is the text of the page, `docs` the
 * default in words where it is not a plain value.
 */
export const VARIABLES = {
  NODE_ENV: oneOf(
    'production',
    'development',
    'test',
  )({
    default: 'development',
    desc: '`production` refuses to start on defaults that are only safe on a laptop.',
  }),
  HOST: text({
    default: '127.0.0.1',
    desc: "Address to listen on. With the sandbox's apps a HOST that is not loopback refuses to start: their secrets are public.",
  }),
  PORT: integer(0, 65_535)({ default: 8000, desc: 'Port to listen on; 0 takes a free one.' }),
  TRUST_PROXY_HOPS: integer(
    0,
    16,
  )({
    default: 0,
    desc: "Number of reverse proxies in front. The client's address is read from `X-Forwarded-For` so many hops back; with 0 that header is ignored.",
  }),
  LOG_LEVEL: oneOf(
    'fatal',
    'error',
    'warn',
    'info',
    'debug',
    'trace',
    'silent',
  )({
    default: 'info',
    desc: 'Least severe level that is written. Logs are JSON, one object a line, on standard output.',
  }),
  DOCS: flag({
    default: undefined,
    docs: 'true; in production false',
    desc: 'Serves Swagger UI at `/docs` and the OpenAPI document at `/docs-json`.',
  }),
  DATABASE_URL: databaseUrl({
    default: 'sqlite:data/weapp-passport.sqlite',
    desc: 'Where the data is kept: `sqlite:relative/path`, `sqlite:/absolute/path`, or `sqlite::memory:` for a database that is gone at exit. Migrations run at start.',
  }),
  SECRET_KEY: secret({
    default: undefined,
    docs: 'production: required; else made once in `data/secret.key`',
    desc: 'At least 32 bytes of randomness. Every other key is derived from it, so losing it makes sealed data unreadable.',
  }),
  SECRET_KEY_FALLBACKS: secrets({
    default: [],
    docs: 'none',
    desc: 'Older values of `SECRET_KEY`, comma-separated: still accepted for reading, never used for writing.',
  }),
  WEIXIN_APPS: weixinApps({
    default: undefined,
    docs: "production: required, or `WEIXIN_APPS_FILE`; else the sandbox's apps",
    desc: 'The mini-programs to serve: `appid:secret[,appid:secret…]`. The first is the default app.',
  }),
  WEIXIN_APPS_FILE: text({
    default: undefined,
    docs: 'none',
    desc: 'Path of a JSON file with mini-programs, beside `WEIXIN_APPS` or instead of it: `[{"appid", "secret", "name", "login_per_minute"?}]`. Read again within a second of a change, without a restart; while it is faulty the apps stay as they were.',
  }),
  WEIXIN_API_BASE_URL: baseUrl({
    default: undefined,
    docs: "`https://api.weixin.qq.com`; with the sandbox's apps outside production: the sandbox",
    desc: "Address of WeChat's server API.",
  }),
  WEIXIN_API_FALLBACK_URL: baseUrl({
    default: undefined,
    docs: 'none; WeChat offers `https://api2.weixin.qq.com`',
    desc: 'A second address of the same API, for calls that could not connect to the first.',
  }),
  WEIXIN_ALLOW_HTTP: flag({
    default: false,
    desc: 'Allows an unencrypted `WEIXIN_API_BASE_URL` in production. For load tests against an imitation only: the AppSecret is part of the request.',
  }),
  WEIXIN_TIMEOUT_MS: integer(
    100,
    60_000,
  )({
    default: 5000,
    desc: 'Total deadline of one call to WeChat in milliseconds, connecting and reading included.',
  }),
  WEIXIN_CLOUD_RUN: flag({
    default: false,
    desc: "Logs users in by the `X-WX-*` headers of WeChat Cloud Run's gateway. Only for a service that nothing but that gateway can reach: anywhere else anyone can send such headers.",
  }),
  WEIXIN_RISK_RANK_MAX: integer(
    0,
    4,
  )({
    default: undefined,
    docs: 'none',
    desc: "Refuses to sign up people whom WeChat's getUserRiskRank ranks higher: 0 is no risk, 4 the highest. Not set: nobody is asked about.",
  }),
  WEIXIN_CONTENT_CHECK: flag({
    default: false,
    desc: "Has nicknames checked by WeChat's msgSecCheck before they are stored.",
  }),
  PHONE_BINDINGS_PER_DAY: integer(
    0,
    1000,
  )({
    default: 5,
    desc: 'How often one user can bind a phone number in a day (UTC). Each number costs the owner of the mini-program money; 0 switches phone numbers off.',
  }),
  SANDBOX_PORT: integer(
    0,
    65_535,
  )({
    default: 8001,
    desc: 'Where the sandbox listens on 127.0.0.1. Read by the sandbox, and by the service to find it.',
  }),
  JWT_ALGORITHM: oneOf(
    'ES256',
    'HS256',
  )({
    default: 'ES256',
    desc: 'Signature of access tokens. With `HS256` no other back end can verify them.',
  }),
  JWT_ISSUER: baseUrl({
    default: undefined,
    docs: 'production: required; else `http://127.0.0.1:8000`',
    desc: 'The public base URL of this service, the same for all its instances. Written into every token and checked.',
  }),
  JWT_AUDIENCE: text({ default: 'weapp-passport', desc: 'Written into every token and checked.' }),
  ACCESS_TOKEN_TTL_SECONDS: integer(
    10,
    DAY_SECONDS,
  )({ default: 300, desc: 'Life of an access token in seconds.' }),
  REFRESH_TOKEN_IDLE_TTL_SECONDS: integer(
    60,
    3650 * DAY_SECONDS,
  )({
    default: 30 * DAY_SECONDS,
    desc: 'How long a refresh token lives when it is not used, in seconds.',
  }),
  SESSION_TTL_SECONDS: integer(
    60,
    3650 * DAY_SECONDS,
  )({
    default: 180 * DAY_SECONDS,
    desc: 'How long a session lives at most, in seconds.',
  }),
  REFRESH_REUSE_GRACE_SECONDS: integer(
    0,
    3600,
  )({
    default: 60,
    desc: 'How long a refresh token that was just used still answers, with the same successor: for lost answers and races.',
  }),
  MAX_SESSIONS_PER_USER: integer(
    1,
    1000,
  )({
    default: 20,
    desc: 'A login beyond this number ends the oldest session of the user.',
  }),
  AUTH_EVENTS_RETENTION_DAYS: integer(
    1,
    3650,
  )({
    default: 90,
    desc: 'How long the table `auth_events` remembers logins, refused logins and ended sessions, in days.',
  }),
  AVATAR_HOSTS: hostNames({
    default: ['thirdwx.qlogo.cn', 'wx.qlogo.cn', 'mmbiz.qpic.cn'],
    docs: "WeChat's: `thirdwx.qlogo.cn,wx.qlogo.cn,mmbiz.qpic.cn`",
    desc: "Hosts an `avatar_url` may point at, comma-separated. Add your own where the mini-program uploads avatars; naming any replaces WeChat's.",
  }),
  RATE_LIMIT_LOGIN_PER_MINUTE: integer(
    0,
    MAX_PER_MINUTE,
  )({
    default: 600,
    desc: 'Logins in a minute from one address (IPv6: one /64), merges, bindings of phone numbers and open data included, per instance; 0 for no limit. Generous because phones share the addresses of their carrier.',
  }),
  RATE_LIMIT_LOGIN_PER_APP_PER_MINUTE: integer(
    0,
    MAX_PER_MINUTE,
  )({
    default: 0,
    docs: '0: no limit',
    desc: 'Logins in a minute through one mini-program, per instance, so that one of several cannot take it all. `login_per_minute` in `WEIXIN_APPS_FILE` overrides it for one app.',
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

/** What the variables are after parsing; `undefined` where one is not set and has no plain default. */
export type Variables = CleanedEnv<typeof VARIABLES>;
