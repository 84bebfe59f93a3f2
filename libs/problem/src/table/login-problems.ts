import type { ProblemSpec } from './problem-spec.js';

/** What can go wrong between the login code and the user. */
export const LOGIN_PROBLEMS = {
  app_unknown: {
    status: 400,
    title: 'This service does not know the appid',
    cause: {
      en: '`appid` is neither in `WEIXIN_APPS` nor in `WEIXIN_APPS_FILE`.',
      zh: '`appid` 既不在 `WEIXIN_APPS` 中，也不在 `WEIXIN_APPS_FILE` 中。',
    },
    fix: {
      en: 'Add the mini-program to one of them, or leave `appid` out to use the first one.',
      zh: '把该小程序加入其中之一，或不传 `appid` 以使用第一个。',
    },
  },
  login_code_invalid: {
    status: 401,
    title: 'WeChat refused the login code',
    cause: {
      en: 'errcode 40029: the code is wrong, older than five minutes, of another mini-program, or not from `wx.login()`.',
      zh: 'errcode 40029：code 错误、超过五分钟、属于其他小程序，或不是 `wx.login()` 得到的。',
    },
    fix: {
      en: 'Call `wx.login()` again and send the new code. If it never works, the appid of the client and of the server differ.',
      zh: '重新调用 `wx.login()` 并发送新的 code。若始终失败，多半是前后端的 appid 不一致。',
    },
  },
  login_code_used: {
    status: 401,
    title: 'The login code was used before',
    cause: {
      en: 'errcode 40163: a code works once, and this one was sent twice.',
      zh: 'errcode 40163：code 只能使用一次，而它被发送了两次。',
    },
    fix: { en: 'Call `wx.login()` for every login.', zh: '每次登录都重新调用 `wx.login()`。' },
  },
  login_blocked: {
    status: 403,
    title: 'WeChat blocked this login',
    cause: {
      en: 'errcode 40226 or 50002: WeChat holds the user for high-risk or has limited the account. Or the risk rank of a new user is above `WEIXIN_RISK_RANK_MAX`.',
      zh: 'errcode 40226 或 50002：微信判定该用户为高风险用户，或账号受限。也可能是新用户的风险等级超过 `WEIXIN_RISK_RANK_MAX`。',
    },
    fix: { en: 'Nothing to be done by the service; do not retry.', zh: '服务端无法处理，请勿重试。' },
  },
  login_rate_limited: {
    status: 429,
    title: 'WeChat limits the logins of this user',
    cause: {
      en: 'errcode 45011: more than 100 logins of one user in a minute.',
      zh: 'errcode 45011：同一用户一分钟内登录超过 100 次。',
    },
    fix: {
      en: 'Wait as `Retry-After` says. Keep the tokens instead of logging in for every request.',
      zh: '按 `Retry-After` 等待。请保存令牌，不要每次请求都登录。',
    },
  },
  weixin_busy: {
    status: 503,
    title: 'WeChat is busy',
    cause: {
      en: "errcode -1 (system error) or 45009 (the mini-program's quota for the day is used up).",
      zh: 'errcode -1（系统繁忙）或 45009（小程序当日调用额度用尽）。',
    },
    fix: {
      en: 'Wait as `Retry-After` says, then log in with a new code.',
      zh: '按 `Retry-After` 等待，然后用新的 code 登录。',
    },
  },
  weixin_timeout: {
    status: 504,
    title: 'WeChat did not answer in time',
    cause: {
      en: 'No whole answer came within `WEIXIN_TIMEOUT_MS`. The code may have been used up.',
      zh: '在 `WEIXIN_TIMEOUT_MS` 内没有收到完整响应，code 可能已被消耗。',
    },
    fix: {
      en: 'Log in with a new code. If it lasts, check the way from the server to WeChat.',
      zh: '用新的 code 登录。若持续出现，请检查服务器到微信的网络。',
    },
  },
  weixin_unavailable: {
    status: 502,
    title: 'WeChat gave no usable answer',
    cause: {
      en: 'The connection failed, or the answer was no JSON, too large, a redirect, without openid, or an unknown errcode. With status 503 WeChat has failed ten times in a row, and for five seconds at a time is not asked.',
      zh: '连接失败，或响应不是 JSON、过大、是重定向、缺少 openid，或是未知的 errcode。状态为 503 时表示微信连续失败十次，服务每次暂停请求五秒。',
    },
    fix: {
      en: 'Log in with a new code, with 503 after `Retry-After`. The log of the service has the errcode and the rid for WeChat’s support.',
      zh: '用新的 code 登录；状态为 503 时先按 `Retry-After` 等待。服务日志中有 errcode 和 rid，可提供给微信客服。',
    },
  },
  weixin_misconfigured: {
    status: 500,
    title: 'WeChat refused the configuration of this service',
    cause: {
      en: 'An errcode about the app, not about the user, such as 40013 (appid), 40125 (AppSecret), 40164 (IP whitelist), 40243 (AppSecret frozen).',
      zh: 'errcode 与应用而非用户有关，例如 40013（appid）、40125（AppSecret）、40164（IP 白名单）、40243（AppSecret 被冻结）。',
    },
    fix: {
      en: 'The operator runs `npm run doctor`, which says what to mend; the log has the errcode.',
      zh: '由运维人员运行 `npm run doctor`，它会说明如何修复；errcode 见服务日志。',
    },
  },
} as const satisfies Record<string, ProblemSpec>;
