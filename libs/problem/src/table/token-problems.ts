import type { ProblemSpec } from './problem-spec.js';

/** What is wrong with tokens, their sessions and their users. */
export const TOKEN_PROBLEMS = {
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
    fix: { en: 'Refresh it, or log in again.', zh: '用 refresh 令牌续期，或重新登录。' },
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
  token_revoked: {
    status: 401,
    title: 'The access token was revoked',
    cause: {
      en: 'Its session has ended: by logout, on another device, by a newer login, or because its refresh token was stolen.',
      zh: '会话已结束：已登出、在其他设备上被结束、被新的登录取代，或 refresh 令牌被盗用。',
    },
    fix: { en: 'Drop both tokens and log in again.', zh: '丢弃两个令牌并重新登录。' },
  },
  refresh_token_invalid: {
    status: 401,
    title: 'The refresh token is not valid',
    cause: {
      en: 'It is malformed, not a refresh token, signed by another service, or its session has ended.',
      zh: '令牌格式不对、不是 refresh 令牌、由其他服务签发，或其会话已结束。',
    },
    fix: { en: 'Drop both tokens and log in again.', zh: '丢弃两个令牌并重新登录。' },
  },
  refresh_token_expired: {
    status: 401,
    title: 'The refresh token has expired',
    cause: {
      en: 'It was not used for `REFRESH_TOKEN_IDLE_TTL_SECONDS`, or its session is older than `SESSION_TTL_SECONDS`.',
      zh: '超过 `REFRESH_TOKEN_IDLE_TTL_SECONDS` 未使用，或会话已超过 `SESSION_TTL_SECONDS`。',
    },
    fix: { en: 'Log in again.', zh: '重新登录。' },
  },
  refresh_token_reused: {
    status: 401,
    title: 'The refresh token is void or was used before; its session has ended',
    cause: {
      en: 'A token was shown after its successor had been used, or after a late retry had made it void. So two parties hold tokens of one session; both are logged out.',
      zh: '令牌在其后继令牌使用之后，或因迟到的重试而作废之后再次出现，说明有两方持有同一会话的令牌，双方均已被登出。',
    },
    fix: {
      en: 'Log in again. If it happens without theft, the client keeps an old token: store the new one before using it.',
      zh: '重新登录。若并非被盗，说明客户端保留了旧令牌：请先保存新令牌再使用。',
    },
  },
  refresh_token_revoked: {
    status: 401,
    title: 'The session was ended by a person',
    cause: {
      en: 'The user ended the session from another device. `ended_by` says who ended it, `ended_at` when. Ends for other reasons (logout, a newer login on the same device, too many sessions) are `refresh_token_invalid`.',
      zh: '用户在其他设备上结束了该会话。`ended_by` 表示由谁结束，`ended_at` 为结束时间。其他原因（退出登录、同一设备重新登录、会话数超限）返回 `refresh_token_invalid`。',
    },
    fix: {
      en: 'Drop both tokens, show that the device was logged out elsewhere, and log in again only when the user asks for it.',
      zh: '丢弃两个令牌，提示该设备已在别处被退出登录，仅在用户主动操作后再登录。',
    },
    members: {
      ended_by: {
        schema: { type: 'string', enum: ['user', 'operator', 'deletion'], example: 'user' },
        en: 'who ended the session: `user` (from another device), `operator`, or `deletion` (the account is being deleted). Treat a value that you do not know like `operator`',
        zh: '由谁结束：`user`（用户在其他设备上）、`operator`（运维人员）或 `deletion`（账号注销）。遇到未知的值，按 `operator` 处理',
      },
      ended_at: {
        schema: { type: 'string', format: 'date-time', example: '2026-11-20T08:00:00.000Z' },
        en: 'when it was ended, ISO 8601 in UTC',
        zh: '结束时间，ISO 8601，UTC',
      },
    },
  },
  session_not_found: {
    status: 404,
    title: 'The user has no such session',
    cause: {
      en: 'The id is unknown, of another user, or the session has ended.',
      zh: '该 id 不存在、属于其他用户，或会话已结束。',
    },
    fix: { en: 'List the sessions again.', zh: '重新获取会话列表。' },
  },
  user_disabled: {
    status: 403,
    title: 'The user is disabled',
    cause: { en: 'The operator has disabled the user.', zh: '该用户已被运维人员停用。' },
    fix: {
      en: 'Nothing helps but the operator: `npm run users -- enable <id>`.',
      zh: '只能由运维人员恢复：`npm run users -- enable <id>`。',
    },
  },
} as const satisfies Record<string, ProblemSpec>;
