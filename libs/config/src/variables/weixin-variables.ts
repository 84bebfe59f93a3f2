import { baseUrl, flag, integer, text, weixinApps, weixinPushKeys } from '../validators.js';

/** The variables of the mini-programs and of WeChat's API. */
export const WEIXIN_VARIABLES = {
  WEIXIN_APPS: weixinApps({
    default: undefined,
    docs: "production: required, or `WEIXIN_APPS_FILE`; else the sandbox's apps",
    desc: 'The mini-programs to serve: `appid:secret[,appid:secret…]`. The first is the default app.',
  }),
  WEIXIN_APPS_FILE: text({
    default: undefined,
    docs: 'none',
    desc: 'Path of a JSON file with mini-programs, in addition to `WEIXIN_APPS` or instead of it: `[{"appid", "secret", "name", "login_per_minute"?, "push_token"?, "push_encoding_aes_key"?}]`. The service applies a change of the file within two seconds, without a restart. If the file is invalid, the apps stay as they were.',
  }),
  WEIXIN_API_BASE_URL: baseUrl({
    default: undefined,
    docs: "`https://api.weixin.qq.com`; with the sandbox's apps outside production: the sandbox",
    desc: "Base URL of WeChat's server API.",
  }),
  WEIXIN_API_FALLBACK_URL: baseUrl({
    default: undefined,
    docs: 'none; WeChat offers `https://api2.weixin.qq.com`',
    desc: 'A second base URL of the same API, for calls that could not connect to the first.',
  }),
  WEIXIN_ALLOW_HTTP: flag({
    default: false,
    desc: 'Allows a `WEIXIN_API_BASE_URL` or `WEIXIN_API_FALLBACK_URL` without TLS in production. Only for load tests against an imitation of WeChat: requests contain the AppSecret.',
  }),
  WEIXIN_TIMEOUT_MS: integer(
    100,
    60_000,
  )({
    default: 5000,
    desc: 'Total deadline of one call to WeChat in milliseconds, including connecting and reading.',
  }),
  WEIXIN_CLOUD_RUN: flag({
    default: false,
    desc: 'Logs users in by the `X-WX-*` headers of the WeChat Cloud Run gateway. Only for a service that is reachable through that gateway alone: otherwise any client can send such headers and log in as any user.',
  }),
  WEIXIN_RISK_RANK_MAX: integer(
    0,
    4,
  )({
    default: undefined,
    docs: 'none',
    desc: "Refuses new users for whom WeChat's getUserRiskRank returns a higher rank: 0 is no risk, 4 the highest. If not set, the rank is not requested.",
  }),
  WEIXIN_CONTENT_CHECK: flag({
    default: false,
    desc: "Checks nicknames with WeChat's msgSecCheck before they are stored.",
  }),
  PHONE_BINDINGS_PER_DAY: integer(
    0,
    1000,
  )({
    default: 5,
    desc: 'How many times a user can bind a phone number per day (UTC). WeChat charges the owner of the mini-program for each number; 0 disables phone numbers.',
  }),
  WEIXIN_PUSH_KEYS: weixinPushKeys({
    default: undefined,
    docs: 'none',
    desc: 'Token and EncodingAESKey of the message push of apps of `WEIXIN_APPS`: `appid:Token:EncodingAESKey[,…]`. For apps of `WEIXIN_APPS_FILE` they are members of the file. See [weixin-push.md](weixin-push.md).',
  }),
  WEIXIN_PUSH_FORWARD_URL: baseUrl({
    default: undefined,
    docs: 'none',
    desc: 'Where the service forwards every push of WeChat unchanged, and whose answer it returns, because WeChat pushes to one URL only. `{appid}` in it becomes the appid. Plain http and private addresses are allowed; redirects are not followed.',
  }),
  SANDBOX_PORT: integer(
    0,
    65_535,
  )({
    default: 8001,
    desc: 'Port of the sandbox on 127.0.0.1. Both the sandbox and the service read it.',
  }),
};
