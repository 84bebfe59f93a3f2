import type { ProblemSpec } from './problem-spec.js';

/** What is wrong with the request as such. */
export const REQUEST_PROBLEMS = {
  validation_failed: {
    status: 400,
    title: 'The request is not valid',
    cause: {
      en: 'The body is not JSON, a member is missing, unknown or of the wrong type, or a query parameter or `Host` is there twice.',
      zh: '请求体不是 JSON，或缺少字段、含有未知字段、字段类型不对，或查询参数、`Host` 头重复。',
    },
    fix: {
      en: 'Read `detail` and `errors`, then compare the request with `/docs`.',
      zh: '查看 `detail` 与 `errors`，再对照 `/docs` 修改请求。',
    },
  },
  not_found: {
    status: 404,
    title: 'There is nothing at this address',
    cause: { en: 'No route has this path.', zh: '没有对应此路径的接口。' },
    fix: { en: 'Compare the path with `/docs`.', zh: '请对照 `/docs` 检查路径。' },
  },
  method_not_allowed: {
    status: 405,
    title: 'This address does not have this method',
    cause: {
      en: 'The path is right, the method is not: for example GET instead of POST for a login. A browser sends OPTIONS before a call from another origin, which this service does not serve.',
      zh: '路径正确，但请求方法不对，例如登录接口应使用 POST 而非 GET。浏览器在跨域调用前会发送 OPTIONS 预检请求，本服务不支持跨域调用。',
    },
    fix: { en: 'Use a method that the header `Allow` names.', zh: '改用响应头 `Allow` 列出的方法。' },
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
    cause: {
      en: 'The request head, request line included, passes 16 KiB, or it has 200 headers or more.',
      zh: '请求头（含请求行）超过 16 KiB，或包含 200 个及以上的头字段。',
    },
    fix: { en: 'Send fewer and shorter headers.', zh: '请减少并缩短请求头。' },
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    cause: {
      en: 'More calls in a minute than `RATE_LIMIT_*_PER_MINUTE` allows to one address, session or mini-program.',
      zh: '一分钟内的调用次数超过 `RATE_LIMIT_*_PER_MINUTE` 对同一地址、会话或小程序的限制。',
    },
    fix: {
      en: 'Wait as `Retry-After` says. Keep tokens instead of fetching new ones for every request.',
      zh: '按 `Retry-After` 等待。请保存令牌，不要每次请求都重新获取。',
    },
  },
} as const satisfies Record<string, ProblemSpec>;
