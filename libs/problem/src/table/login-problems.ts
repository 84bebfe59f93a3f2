import type { ProblemSpec } from './problem-spec.js';

/** Problems of logins. */
export const LOGIN_PROBLEMS = {
  app_unknown: {
    status: 400,
    title: { en: 'This service does not know the appid', zh: '本服务未接入该 appid' },
    cause: {
      en: '`appid` is neither in `WEIXIN_APPS` nor in `WEIXIN_APPS_FILE`.',
      zh: '`WEIXIN_APPS` 和 `WEIXIN_APPS_FILE` 中都没有这个 `appid`。',
    },
    fix: {
      en: 'Add the mini-program to one of them, or leave `appid` out to use the first one.',
      zh: '把该小程序加入其中之一；或者不传 `appid`，使用第一个小程序。',
    },
  },
  login_code_invalid: {
    status: 401,
    title: { en: 'WeChat refused the login code', zh: '微信拒绝了登录凭证 code' },
    cause: {
      en: 'errcode 40029: the code is wrong, older than five minutes, from another mini-program, or not from `wx.login()`.',
      zh: 'errcode 40029：code 错误、超过五分钟、属于其他小程序，或不是由 `wx.login()` 取得的。',
    },
    fix: {
      en: 'Call `wx.login()` again and send the new code. If every code is refused, the client and the server use different appids.',
      zh: '重新调用 `wx.login()` 并发送新的 code。如果每次都失败，多半是小程序与服务端的 appid 不一致。',
    },
  },
  login_code_used: {
    status: 401,
    title: { en: 'The login code was used before', zh: '登录凭证 code 已被使用' },
    cause: {
      en: 'errcode 40163: a code can be used once, and this one was sent twice.',
      zh: 'errcode 40163：code 只能使用一次，而这个 code 被发送了两次。',
    },
    fix: { en: 'Call `wx.login()` for every login.', zh: '每次登录都重新调用 `wx.login()`。' },
  },
  login_blocked: {
    status: 403,
    title: { en: 'WeChat blocked this login', zh: '微信拦截了本次登录' },
    cause: {
      en: 'errcode 40226 or 50002: WeChat rates the user as high-risk or has restricted the account. Or the risk rank of a new user is above `WEIXIN_RISK_RANK_MAX`.',
      zh: 'errcode 40226 或 50002：微信判定该用户为高风险用户，或账号受限。也可能是新用户的风险等级超过 `WEIXIN_RISK_RANK_MAX`。',
    },
    fix: { en: 'The service cannot change this; do not retry.', zh: '服务端无法干预，请勿重试。' },
  },
  login_rate_limited: {
    status: 429,
    title: { en: 'WeChat limits the logins of this user', zh: '该用户登录过于频繁，被微信限制' },
    cause: {
      en: 'errcode 45011: more than 100 logins of one user within a minute.',
      zh: 'errcode 45011：同一用户一分钟内登录超过 100 次。',
    },
    fix: {
      en: 'Wait for the time in `Retry-After`. Store the tokens instead of logging in for every request.',
      zh: '按 `Retry-After` 等待后再试。请保存令牌，不要每次请求都登录。',
    },
  },
  weixin_busy: {
    status: 503,
    title: { en: 'WeChat is busy', zh: '微信繁忙' },
    cause: {
      en: "errcode -1 (system error) or 45009 (the mini-program's quota for the day is used up).",
      zh: 'errcode -1（系统繁忙）或 45009（小程序当日调用额度用尽）。',
    },
    fix: {
      en: 'Wait for the time in `Retry-After`, then log in with a new code.',
      zh: '按 `Retry-After` 等待，然后用新的 code 登录。',
    },
  },
  weixin_timeout: {
    status: 504,
    title: { en: 'WeChat did not answer in time', zh: '微信响应超时' },
    cause: {
      en: 'No complete answer arrived within `WEIXIN_TIMEOUT_MS`. The code may have been used up.',
      zh: '在 `WEIXIN_TIMEOUT_MS` 内没有收到完整响应，code 可能已被消耗。',
    },
    fix: {
      en: 'Log in with a new code. If the error persists, check the network between the server and WeChat.',
      zh: '用新的 code 登录。如果持续出现，请检查服务器到微信的网络。',
    },
  },
  weixin_unavailable: {
    status: 502,
    title: { en: 'WeChat gave no usable answer', zh: '微信没有返回可用的响应' },
    cause: {
      en: 'The connection failed, or the answer was not JSON, too large, a redirect, without openid, or had an unknown errcode. With status 503, ten calls in a row have failed, and the service does not call WeChat for five seconds.',
      zh: '连接失败，或响应不是 JSON、过大、是重定向、缺少 openid，或含有未知的 errcode。状态码为 503 表示已连续失败十次、触发熔断，五秒内不再调用微信。',
    },
    fix: {
      en: 'Log in with a new code; with 503, wait for the time in `Retry-After` first. The log of the service has the errcode and the rid that WeChat’s support asks for.',
      zh: '用新的 code 登录；状态码为 503 时先按 `Retry-After` 等待。服务日志中有 errcode 和 rid，向微信反馈问题时需要提供 rid。',
    },
  },
  weixin_misconfigured: {
    status: 500,
    title: { en: 'WeChat refused the configuration of this service', zh: '微信拒绝了本服务的配置' },
    cause: {
      en: 'An errcode that concerns the app, not the user: for example 40013 (appid), 40125 (AppSecret), 40164 (IP whitelist), 40243 (AppSecret frozen).',
      zh: 'errcode 与应用而非用户有关，例如 40013（appid）、40125（AppSecret）、40164（IP 白名单）、40243（AppSecret 被冻结）。',
    },
    fix: {
      en: 'The operator runs `npm run doctor`, which reports the cause and the fix; the log has the errcode.',
      zh: '由运维人员运行 `npm run doctor`，它会给出原因和解决办法；errcode 见服务日志。',
    },
  },
} as const satisfies Record<string, ProblemSpec>;
