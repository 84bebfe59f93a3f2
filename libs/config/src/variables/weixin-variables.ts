import { baseUrl, flag, integer, text, weixinApps } from '../validators.js';

/** The mini-programs, WeChat's API, and what is asked of it. */
export const WEIXIN_VARIABLES = {
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
};
