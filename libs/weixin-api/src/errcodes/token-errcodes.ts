import type { WeixinErrcode } from './weixin-errcode.js';

const REFETCHED = {
  en: 'None is needed: the service fetches a new access token and calls once more. If the error persists, stop other programs from using `force_refresh`.',
  zh: '无需处理：服务会重新获取 access_token 并重试一次。如果持续出现，请让其他程序停止使用 `force_refresh`。',
};

/** About the access token that this service fetched for the mini-program. */
export const TOKEN_ERRCODES = {
  40001: {
    code: 'weixin_unavailable', // `weixin_misconfigured` at stable_token
    errmsg: 'invalid credential, access_token is invalid or not latest',
    cause: {
      en: 'Another program has replaced the access token. For stable_token itself: the AppSecret is wrong.',
      zh: 'access_token 已被其他程序刷新。如果由 stable_token 接口返回，则是 AppSecret 错误。',
    },
    fix: REFETCHED,
  },
  40014: {
    code: 'weixin_unavailable',
    errmsg: 'invalid access_token',
    cause: {
      en: 'The access token is not valid.',
      zh: 'access_token 无效。',
    },
    fix: REFETCHED,
  },
  42001: {
    code: 'weixin_unavailable',
    errmsg: 'access_token expired',
    cause: { en: 'The access token is over two hours old.', zh: 'access_token 已超过两小时有效期。' },
    fix: REFETCHED,
  },
  41001: {
    code: 'weixin_unavailable',
    errmsg: 'access_token missing',
    cause: {
      en: 'The call had no access token: a proxy between this service and WeChat removes the query.',
      zh: '请求中没有 access_token：服务与微信之间的代理去掉了查询参数。',
    },
    fix: {
      en: 'Check the proxy behind `WEIXIN_API_BASE_URL`.',
      zh: '检查 `WEIXIN_API_BASE_URL` 指向的代理。',
    },
  },
} as const satisfies Record<number, WeixinErrcode>;
