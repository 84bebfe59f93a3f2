import type { ProblemSpec } from './problem-spec.js';

/** Problems of tokens, their sessions and their users. */
export const TOKEN_PROBLEMS = {
  token_missing: {
    status: 401,
    title: { en: 'An access token is required', zh: '缺少 access 令牌' },
    cause: {
      en: 'The request has no `Authorization: Bearer <token>` header.',
      zh: '请求缺少 `Authorization: Bearer <token>` 请求头。',
    },
    fix: { en: 'Log in and send the `access` token.', zh: '先登录，再带上 `access` 令牌发送请求。' },
  },
  token_expired: {
    status: 401,
    title: { en: 'The access token has expired', zh: 'access 令牌已过期' },
    cause: { en: 'Its `exp` has passed.', zh: '已超过令牌的 `exp` 时间。' },
    fix: {
      en: 'Get a new one with the refresh token, or log in again.',
      zh: '用 refresh 令牌换取新的 access 令牌，或重新登录。',
    },
  },
  token_invalid: {
    status: 401,
    title: { en: 'The access token is not valid', zh: 'access 令牌无效' },
    cause: {
      en: 'It is malformed, modified, not an access token, or issued by another service or for another audience.',
      zh: '令牌格式不对、被篡改、不是 access 令牌，或由其他服务签发、受众不符。',
    },
    fix: { en: 'Delete it and log in again.', zh: '删除该令牌并重新登录。' },
  },
  token_revoked: {
    status: 401,
    title: { en: 'The access token was revoked', zh: 'access 令牌已被吊销' },
    cause: {
      en: 'Its session has ended: by logout, from another device, by a newer login, or because its refresh token was stolen.',
      zh: '会话已结束：已退出登录、在其他设备上被结束、被新的登录取代，或 refresh 令牌被盗用。',
    },
    fix: { en: 'Delete both tokens and log in again.', zh: '删除两个令牌并重新登录。' },
  },
  refresh_token_invalid: {
    status: 401,
    title: { en: 'The refresh token is not valid', zh: 'refresh 令牌无效' },
    cause: {
      en: 'It is malformed, not a refresh token, signed by another service, or its session has ended.',
      zh: '令牌格式不对、不是 refresh 令牌、由其他服务签发，或其会话已结束。',
    },
    fix: { en: 'Delete both tokens and log in again.', zh: '删除两个令牌并重新登录。' },
  },
  refresh_token_expired: {
    status: 401,
    title: { en: 'The refresh token has expired', zh: 'refresh 令牌已过期' },
    cause: {
      en: 'It was not used for `REFRESH_TOKEN_IDLE_TTL_SECONDS`, or its session is older than `SESSION_TTL_SECONDS`.',
      zh: '超过 `REFRESH_TOKEN_IDLE_TTL_SECONDS` 未使用，或会话已超过 `SESSION_TTL_SECONDS`。',
    },
    fix: { en: 'Log in again.', zh: '重新登录。' },
  },
  refresh_token_reused: {
    status: 401,
    title: {
      en: 'The refresh token is void or was used before; its session has ended',
      zh: 'refresh 令牌已作废或已被使用，会话已结束',
    },
    cause: {
      en: 'A token was sent after its successor had been used, or after a late retry had made it void. Two parties therefore hold tokens of one session, and both are logged out.',
      zh: '后一代令牌已被使用，或该令牌已因延迟的重试而作废，之后它又被发来。这说明有两方持有同一会话的令牌，双方都已退出登录。',
    },
    fix: {
      en: 'Log in again. If no token was stolen, the client still uses an old token: it must store the new token before using it.',
      zh: '重新登录。如果令牌没有被盗，就是客户端还在使用旧令牌：必须先保存新令牌，再使用它。',
    },
  },
  refresh_token_revoked: {
    status: 401,
    title: { en: 'The session was ended by a person', zh: '会话已被主动结束' },
    cause: {
      en: 'The user ended the session from another device, or the operator did, or the user asked for the deletion of the account. `ended_by` names who ended it, `ended_at` when. A session that ended for another reason (logout, a newer login on the same device, too many sessions) is answered with `refresh_token_invalid`.',
      zh: '用户在其他设备上，或运维人员结束了该会话，或用户申请了注销账号。`ended_by` 为结束者，`ended_at` 为结束时间。因其他原因结束的会话（退出登录、同一设备重新登录、会话数超限）返回 `refresh_token_invalid`。',
    },
    fix: {
      en: 'Delete both tokens, show that the device was logged out elsewhere, and log in again only when the user asks for it.',
      zh: '删除两个令牌，提示用户已在其他设备上被退出登录，等用户主动操作后再登录。',
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
    title: { en: 'The user has no such session', zh: '该用户没有此会话' },
    cause: {
      en: 'The id is unknown or belongs to another user, or the session has ended.',
      zh: '该 id 不存在、属于其他用户，或会话已结束。',
    },
    fix: { en: 'List the sessions again.', zh: '重新获取会话列表。' },
  },
  insufficient_scope: {
    status: 403,
    title: { en: 'The token lacks the scope of this route', zh: '令牌缺少该接口所需的 scope' },
    cause: {
      en: 'The service account does not have the scope, or the token was requested without it.',
      zh: '该服务账号没有此 scope，或申请令牌时没有包含它。',
    },
    fix: {
      en: 'Request a token with the scope. The operator creates an account with other scopes: `npm run passport -- service-accounts create`.',
      zh: '申请令牌时带上该 scope；如果账号没有，由运维人员创建新的账号：`npm run passport -- service-accounts create`。',
    },
  },
  user_not_found: {
    status: 404,
    title: { en: 'There is no such user', zh: '用户不存在' },
    cause: {
      en: 'The id is unknown, the user has no identity in a mini-program of the service account, or was merged into another user.',
      zh: '该 id 不存在、用户在服务账号可查询的小程序中没有身份，或已被合并到其他用户。',
    },
    fix: {
      en: 'Compare the id with `sub` of an access token. For a merged user, use `merged_into` of `GET /api/admin/users/{id}`.',
      zh: '请与 access 令牌中的 `sub` 核对。用户已被合并时，请使用 `GET /api/admin/users/{id}` 返回的 `merged_into`。',
    },
  },
  signing_key_not_found: {
    status: 404,
    title: {
      en: 'Neither the current nor the previous signing key has this id',
      zh: '该 id 不是当前或上一把签名密钥',
    },
    cause: {
      en: 'The key was dropped already, was never made, or is `next`, which has signed nothing.',
      zh: '密钥已被丢弃、从未存在，或是尚未用于签名的 `next`。',
    },
    fix: { en: 'Read `GET /api/admin/keys` again.', zh: '请重新读取 `GET /api/admin/keys`。' },
  },
  key_rotation_too_early: {
    status: 409,
    title: { en: 'The signing keys cannot be rotated yet', zh: '签名密钥暂时不能轮换' },
    cause: {
      en: 'The last rotation was a few minutes ago: caches of the JWKS do not have the next key yet, or tokens of the previous key are still valid.',
      zh: '距上次轮换只有几分钟：JWKS 缓存中可能还没有下一把密钥，或上一把密钥签发的令牌仍然有效。',
    },
    fix: { en: 'Try again after `Retry-After`.', zh: '请在 `Retry-After` 之后重试。' },
  },
  user_disabled: {
    status: 403,
    title: { en: 'The user is disabled', zh: '用户已被停用' },
    cause: { en: 'The operator has disabled the user.', zh: '该用户已被运维人员停用。' },
    fix: {
      en: 'Only the operator can enable the user again: `npm run users -- enable <id>`.',
      zh: '只有运维人员能够恢复：`npm run users -- enable <id>`。',
    },
  },
  claims_invalid: {
    status: 400,
    title: { en: 'The custom claims are not valid', zh: '自定义声明无效' },
    cause: {
      en: 'Custom claims are a JSON object of at most 2 KiB as compact JSON and 8 levels, without a member `__proto__` and without numbers that JSON cannot hold.',
      zh: '自定义声明须为 JSON 对象，压缩格式不超过 2 KiB，嵌套不超过 8 层，不含成员 `__proto__`，也不含 JSON 无法表示的数字。',
    },
    fix: {
      en: 'Correct the object. Store larger data in your own back end, by the user id.',
      zh: '修正后重试。较大的数据请以用户 id 为键存放在自己的后端。',
    },
  },
  claim_reserved: {
    status: 400,
    title: { en: 'A custom claim has a reserved name', zh: '自定义声明使用了保留名称' },
    cause: {
      en: 'Reserved are `iss`, `sub`, `aud`, `exp`, `nbf`, `iat`, `jti`, `sid`, `gen`, `client_id`, `azp`, `scope`, `token_type`, `typ`, `cnf`, `act`, `auth_time` and `nonce`, and the personal data `openid`, `unionid`, `session_key`, `phone` and `phone_number`.',
      zh: '保留名称有 `iss`、`sub`、`aud`、`exp`、`nbf`、`iat`、`jti`、`sid`、`gen`、`client_id`、`azp`、`scope`、`token_type`、`typ`、`cnf`、`act`、`auth_time`、`nonce`，以及个人信息 `openid`、`unionid`、`session_key`、`phone`、`phone_number`。',
    },
    fix: { en: 'Choose another name; `role` is allowed.', zh: '请换一个名称；`role` 可以使用。' },
  },
} as const satisfies Record<string, ProblemSpec>;
