import { baseUrl, hostNames, integer, oneOf, text } from '../validators.js';

const DAY_SECONDS = 86_400;

/** Tokens, sessions and what is remembered of them. */
export const TOKEN_VARIABLES = {
  JWT_ALGORITHM: oneOf(
    'ES256',
    'HS256',
  )({
    default: 'ES256',
    desc: 'Signature of access tokens. With `HS256` no other back end can verify them.',
  }),
  JWT_ISSUER: baseUrl({
    default: undefined,
    docs: 'production: required; else `http://127.0.0.1:<PORT>`',
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
    desc: 'How long after a refresh the same token is answered with the same successor: for retries and races. Later it gives a new successor, and the one before is void.',
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
    default: 183,
    desc: "Days after which a row of the audit log `auth_events` is removed. The default is the six months for which article 21 of China's Cybersecurity Law has network logs retained.",
  }),
  AVATAR_HOSTS: hostNames({
    default: ['thirdwx.qlogo.cn', 'wx.qlogo.cn', 'mmbiz.qpic.cn'],
    docs: "WeChat's: `thirdwx.qlogo.cn,wx.qlogo.cn,mmbiz.qpic.cn`",
    desc: "Hosts an `avatar_url` may point at, comma-separated. Add your own where the mini-program uploads avatars; naming any replaces WeChat's.",
  }),
};
