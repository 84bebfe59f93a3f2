import type { ProblemSpec } from './problem-spec.js';

/** Problems of a request, regardless of its route. */
export const REQUEST_PROBLEMS = {
  validation_failed: {
    status: 400,
    title: { en: 'The request is not valid', zh: '请求无效' },
    cause: {
      en: 'The body is not JSON; a member is missing, unknown or of the wrong type; or a query parameter or the `Host` header occurs twice.',
      zh: '请求体不是 JSON；缺少字段、含有未知字段或字段类型不对；或者查询参数、`Host` 请求头重复出现。',
    },
    fix: {
      en: 'Read `detail` and `errors`, then compare the request with `/docs`.',
      zh: '查看 `detail` 与 `errors`，再对照 `/docs` 修改请求。',
    },
  },
  not_found: {
    status: 404,
    title: { en: 'There is nothing at this address', zh: '接口不存在' },
    cause: { en: 'No route has this path.', zh: '没有对应此路径的接口。' },
    fix: { en: 'Compare the path with `/docs`.', zh: '请对照 `/docs` 检查路径。' },
  },
  method_not_allowed: {
    status: 405,
    title: { en: 'This address does not have this method', zh: '接口不支持该请求方法' },
    cause: {
      en: 'The path exists, but not with this method: for example GET instead of POST for a login. Before a cross-origin call, browsers send OPTIONS; this service does not support cross-origin calls.',
      zh: '路径正确，但请求方法不对，例如登录接口应使用 POST 而不是 GET。浏览器跨域调用前会发送 OPTIONS 预检请求，而本服务不支持跨域调用。',
    },
    fix: { en: 'Use a method that the `Allow` header lists.', zh: '改用响应头 `Allow` 列出的方法。' },
  },
  precondition_failed: {
    status: 412,
    title: { en: 'The document has changed since you read it', zh: '文档在读取之后已被修改' },
    cause: {
      en: '`If-Match` names an older version; nothing was written.',
      zh: '`If-Match` 是旧版本号，没有写入任何内容。',
    },
    fix: {
      en: 'Read the document again, apply the change to it, and send it with the new `ETag`.',
      zh: '重新读取文档，在新内容上重做修改，再带上新的 `ETag` 提交。',
    },
  },
  request_timeout: {
    status: 408,
    title: { en: 'The request did not arrive in time', zh: '请求未能及时送达' },
    cause: { en: 'Its headers or its body arrived too slowly.', zh: '请求头或请求体发送得太慢。' },
    fix: { en: 'Send it again over a better connection.', zh: '请在网络较好时重试。' },
  },
  payload_too_large: {
    status: 413,
    title: { en: 'The body is too large', zh: '请求体过大' },
    cause: {
      en: 'The body exceeds the limit of the service, or the document exceeds 64 KiB as stored.',
      zh: '请求体超出服务上限，或文档存储后超过 64 KiB。',
    },
    fix: { en: 'Send less; a document may have at most 64 KiB.', zh: '减少内容；文档最大 64 KiB。' },
  },
  unsupported_media_type: {
    status: 415,
    title: { en: 'The body must be application/json', zh: '请求体必须是 application/json' },
    cause: { en: 'The request has another content type.', zh: '内容类型不是 application/json。' },
    fix: { en: 'Send `Content-Type: application/json`.', zh: '请发送 `Content-Type: application/json`。' },
  },
  headers_too_large: {
    status: 431,
    title: { en: 'The headers are too large', zh: '请求头过大' },
    cause: {
      en: 'The request line and the headers together exceed 16 KiB, or there are 200 headers or more.',
      zh: '请求行与请求头合计超过 16 KiB，或请求头达到 200 个。',
    },
    fix: { en: 'Send fewer and shorter headers.', zh: '减少请求头的数量和长度。' },
  },
  rate_limited: {
    status: 429,
    title: { en: 'Too many requests', zh: '请求过于频繁' },
    cause: {
      en: 'More calls per minute than `RATE_LIMIT_*_PER_MINUTE` allows for one address, session or mini-program; or an operator is slowed down after five wrong sign-ins.',
      zh: '一分钟内的调用次数超过 `RATE_LIMIT_*_PER_MINUTE` 对同一地址、会话或小程序的限制；或操作员连续五次登录失败后被限速。',
    },
    fix: {
      en: 'Wait for the time in `Retry-After`. Store the tokens instead of requesting new ones for every call.',
      zh: '按 `Retry-After` 等待后再试。请保存令牌，不要每次请求都重新获取。',
    },
  },
  host_not_allowed: {
    status: 421,
    title: { en: 'The admin listener does not serve this host', zh: '管理端口不接受该 Host' },
    cause: {
      en: 'The `Host` header is neither `localhost`, nor `ADMIN_HOST`, nor the host of `ADMIN_URL`.',
      zh: '`Host` 请求头既不是 `localhost`，也不是 `ADMIN_HOST` 或 `ADMIN_URL` 的主机名。',
    },
    fix: {
      en: 'Use one of these hosts, or set `ADMIN_URL` to the address that you use.',
      zh: '改用上述主机名，或把 `ADMIN_URL` 设为实际使用的地址。',
    },
  },
} as const satisfies Record<string, ProblemSpec>;
