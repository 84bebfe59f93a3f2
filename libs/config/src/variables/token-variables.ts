import { baseUrl, hostNames, integer, oneOf, text } from '../validators.js';

const DAY_SECONDS = 86_400;

/** The variables of tokens, sessions and the audit log. */
export const TOKEN_VARIABLES = {
  JWT_ALGORITHM: oneOf(
    'ES256',
    'HS256',
  )({
    default: 'ES256',
    desc: 'Signature algorithm of access tokens. With `HS256`, no other back end can verify them.',
  }),
  JWT_ISSUER: baseUrl({
    default: undefined,
    docs: 'production: required; else `http://127.0.0.1:<PORT>`',
    desc: 'The public base URL of this service, the same for all instances. It is written into every token and checked.',
  }),
  JWT_AUDIENCE: text({ default: 'weapp-passport', desc: 'Written into every token and checked.' }),
  ACCESS_TOKEN_TTL_SECONDS: integer(
    10,
    DAY_SECONDS,
  )({ default: 300, desc: 'Lifetime of an access token in seconds.' }),
  REFRESH_TOKEN_IDLE_TTL_SECONDS: integer(
    60,
    3650 * DAY_SECONDS,
  )({
    default: 30 * DAY_SECONDS,
    desc: 'Time after which an unused refresh token expires, in seconds.',
  }),
  SESSION_TTL_SECONDS: integer(
    60,
    3650 * DAY_SECONDS,
  )({
    default: 180 * DAY_SECONDS,
    desc: 'Maximum lifetime of a session in seconds.',
  }),
  REFRESH_REUSE_GRACE_SECONDS: integer(
    0,
    3600,
  )({
    default: 60,
    desc: 'Time after a refresh in which the same refresh token returns the same successor again, for retries and races. After it, the token returns a new successor and the previous successor becomes void.',
  }),
  MAX_SESSIONS_PER_USER: integer(
    1,
    1000,
  )({
    default: 20,
    desc: 'Sessions that a user can have at the same time. One more login ends the oldest.',
  }),
  AUTH_EVENTS_RETENTION_DAYS: integer(
    1,
    3650,
  )({
    default: 183,
    desc: "Days after which a row of the audit log `auth_events` is deleted. The default is six months, the minimum that China's Cybersecurity Law requires for network logs.",
  }),
  AVATAR_HOSTS: hostNames({
    default: ['thirdwx.qlogo.cn', 'wx.qlogo.cn', 'mmbiz.qpic.cn'],
    docs: "WeChat's: `thirdwx.qlogo.cn,wx.qlogo.cn,mmbiz.qpic.cn`",
    desc: "Hosts that an `avatar_url` may point to, comma-separated. Add your own host if the mini-program uploads avatars. A value replaces the default, including WeChat's hosts.",
  }),
};
