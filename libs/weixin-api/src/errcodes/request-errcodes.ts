import type { WeixinErrcode } from './weixin-errcode.js';

const OURS = {
  en: 'Check whether a proxy behind `WEIXIN_API_BASE_URL` modifies requests. If not, this is a bug of this service: report it with the errcode and the rid.',
  zh: '检查 `WEIXIN_API_BASE_URL` 后面的代理是否改动了请求。如果没有，就是本服务的缺陷，请附上 errcode 和 rid 反馈。',
};

/** About the form of a call. This service forms its calls rightly, so something on the way has changed one. */
export const REQUEST_ERRCODES = {
  40002: {
    code: 'weixin_misconfigured',
    errmsg: 'invalid grant_type',
    cause: {
      en: '`grant_type` is not the value that the endpoint expects.',
      zh: '`grant_type` 不符合接口要求。',
    },
    fix: OURS,
  },
  40129: {
    code: 'weixin_unavailable',
    errmsg: 'invalid scene',
    cause: {
      en: 'The scene of a content or risk check is unknown.',
      zh: '内容或风险检测的 scene 取值无效。',
    },
    fix: OURS,
  },
  41008: {
    code: 'weixin_misconfigured',
    errmsg: 'missing code',
    cause: { en: '`js_code` was empty.', zh: '`js_code` 为空。' },
    fix: OURS,
  },
  43001: {
    code: 'weixin_unavailable',
    errmsg: 'require GET method',
    cause: { en: 'The call did not arrive as GET.', zh: '请求到达时不是 GET 方法。' },
    fix: OURS,
  },
  43002: {
    code: 'weixin_unavailable',
    errmsg: 'require POST method',
    cause: {
      en: 'The call did not arrive as POST. For example, a redirect can turn it into a GET.',
      zh: '请求到达时不是 POST 方法，例如途中的重定向会将其变为 GET。',
    },
    fix: OURS,
  },
  44002: {
    code: 'weixin_unavailable',
    errmsg: 'empty post data',
    cause: { en: 'The body did not arrive.', zh: '请求体未送达。' },
    fix: OURS,
  },
  45002: {
    code: 'weixin_unavailable',
    errmsg: 'content size out of limit',
    cause: { en: 'The text to check is too long.', zh: '待检测的文本过长。' },
    fix: OURS,
  },
  47001: {
    code: 'weixin_unavailable',
    errmsg: 'data format error',
    cause: { en: 'The body did not arrive as JSON.', zh: '请求体送达时不是 JSON。' },
    fix: OURS,
  },
  87008: {
    code: 'weixin_unavailable',
    errmsg: 'invalid sig_method',
    cause: { en: '`sig_method` is not `hmac_sha256`.', zh: '`sig_method` 不是 `hmac_sha256`。' },
    fix: OURS,
  },
} as const satisfies Record<number, WeixinErrcode>;
