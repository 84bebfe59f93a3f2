interface ProblemSpec {
  readonly status: number;
  /** Short and the same for every occurrence (RFC 9457 section 3.1.3). */
  readonly title: string;
  readonly cause: { readonly en: string; readonly zh: string };
  readonly fix: { readonly en: string; readonly zh: string };
}

/**
 * Every code this service answers with. A code never changes its meaning.
 * `docs/errors.md` and the error examples of the OpenAPI document are generated from this table.
 */
export const PROBLEMS = {
  validation_failed: {
    status: 400,
    title: 'The request is not valid',
    cause: {
      en: 'The body is not JSON, a member is missing, unknown or of the wrong type, or a query parameter stands twice.',
      zh: '请求体不是 JSON，或缺少字段、含有未知字段、字段类型不对，或查询参数重复。',
    },
    fix: {
      en: 'Read `detail` and `errors`, then compare the request with `/docs`.',
      zh: '查看 `detail` 与 `errors`，再对照 `/docs` 修改请求。',
    },
  },
  app_unknown: {
    status: 400,
    title: 'This service does not know the appid',
    cause: { en: '`appid` is not among `WEIXIN_APPS`.', zh: '`appid` 不在 `WEIXIN_APPS` 中。' },
    fix: {
      en: 'Add the mini-program to `WEIXIN_APPS`, or leave `appid` out to use the first one.',
      zh: '把该小程序加入 `WEIXIN_APPS`，或不传 `appid` 以使用第一个。',
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
      en: 'errcode 40226 or 50002: WeChat holds the user for high-risk or has limited the account.',
      zh: 'errcode 40226 或 50002：微信判定该用户为高风险用户，或账号受限。',
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
      en: 'The connection failed, or the answer was no JSON, too large, a redirect, without openid, or an unknown errcode.',
      zh: '连接失败，或响应不是 JSON、过大、是重定向、缺少 openid，或是未知的 errcode。',
    },
    fix: {
      en: 'Log in with a new code. The log of the service has the errcode and the rid for WeChat’s support.',
      zh: '用新的 code 登录。服务日志中有 errcode 和 rid，可提供给微信客服。',
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
      en: 'The operator compares `WEIXIN_APPS` with the WeChat console; the log has the errcode.',
      zh: '由运维人员核对 `WEIXIN_APPS` 与微信公众平台的设置；errcode 见服务日志。',
    },
  },
  token_missing: {
    status: 401,
    title: 'An access token is required',
    cause: {
      en: 'The request has no `Authorization: Bearer <token>` header.',
      zh: '请求没有 `Authorization: Bearer <token>` 头。',
    },
    fix: { en: 'Log in and send the `access` token.', zh: '先登录，再携带 `access` 令牌。' },
  },
  token_expired: {
    status: 401,
    title: 'The access token has expired',
    cause: { en: 'Its `exp` has passed.', zh: '令牌的 `exp` 时间已过。' },
    fix: { en: 'Log in again.', zh: '重新登录。' },
  },
  token_invalid: {
    status: 401,
    title: 'The access token is not valid',
    cause: {
      en: 'It is malformed, changed, not an access token, or signed by another service or for another audience.',
      zh: '令牌格式不对、被改动、不是 access 令牌，或由其他服务签发、面向其他受众。',
    },
    fix: { en: 'Drop it and log in again.', zh: '丢弃该令牌并重新登录。' },
  },
  precondition_failed: {
    status: 412,
    title: 'The document has changed since you read it',
    cause: {
      en: '`If-Match` names an older version; nothing was written.',
      zh: '`If-Match` 是旧版本，未写入任何内容。',
    },
    fix: {
      en: 'Read the document again, apply the change to it, send it with the new `ETag`.',
      zh: '重新读取文档，在其上应用修改，再以新的 `ETag` 提交。',
    },
  },
  not_found: {
    status: 404,
    title: 'There is nothing at this address',
    cause: { en: 'No route has this method and path.', zh: '没有对应此方法和路径的接口。' },
    fix: { en: 'Compare method and path with `/docs`.', zh: '请对照 `/docs` 检查方法和路径。' },
  },
  request_timeout: {
    status: 408,
    title: 'The request did not arrive in time',
    cause: { en: 'Its headers or body came too slowly.', zh: '请求头或请求体发送得太慢。' },
    fix: { en: 'Send it again over a better connection.', zh: '请在网络较好时重试。' },
  },
  payload_too_large: {
    status: 413,
    title: 'The body is too large',
    cause: {
      en: 'The body passes the limit of the service, or the document is over 64 KiB as stored.',
      zh: '请求体超出服务上限，或文档存储后超过 64 KiB。',
    },
    fix: { en: 'Send less; a document may have 64 KiB.', zh: '减少内容；文档最多 64 KiB。' },
  },
  unsupported_media_type: {
    status: 415,
    title: 'The body must be application/json',
    cause: { en: 'The content type is another one.', zh: '内容类型不是 application/json。' },
    fix: { en: 'Send `Content-Type: application/json`.', zh: '请发送 `Content-Type: application/json`。' },
  },
  headers_too_large: {
    status: 431,
    title: 'The headers are too large',
    cause: { en: 'The request head passes 16 KiB.', zh: '请求头超过 16 KiB。' },
    fix: { en: 'Send shorter headers.', zh: '请缩短请求头。' },
  },
  database_unavailable: {
    status: 503,
    title: 'The database is not available',
    cause: {
      en: 'It does not answer, is locked, full, read-only or damaged. Nothing was written.',
      zh: '数据库无响应、被锁定、空间已满、只读或损坏。未写入任何内容。',
    },
    fix: {
      en: 'Try again as `Retry-After` says; the operator finds the reason in the log.',
      zh: '按 `Retry-After` 重试；运维人员可在日志中查看原因。',
    },
  },
  internal_error: {
    status: 500,
    title: 'The service failed',
    cause: { en: 'A fault of this service.', zh: '服务自身的故障。' },
    fix: {
      en: 'Report it with `instance`, under which the log has the details.',
      zh: '请带上 `instance` 反馈，日志中有对应的详情。',
    },
  },
} as const satisfies Record<string, ProblemSpec>;

/** A stable code of {@link PROBLEMS}. */
export type ProblemCode = keyof typeof PROBLEMS;
