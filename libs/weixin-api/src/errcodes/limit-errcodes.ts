import type { WeixinErrcode } from './weixin-errcode.js';

/** About load: later it works. */
export const LIMIT_ERRCODES = {
  [-1]: {
    code: 'weixin_busy',
    retryAfterSeconds: 1,
    errmsg: 'system error',
    cause: { en: 'WeChat is busy.', zh: '微信系统繁忙。' },
    fix: {
      en: 'Wait a moment. A login needs a new code: the first one may be used up.',
      zh: '稍候再试。登录需要新的 code，原 code 可能已被消耗。',
    },
  },
  45009: {
    code: 'weixin_busy',
    retryAfterSeconds: 3600,
    errmsg: 'reach max api daily quota limit',
    cause: {
      en: "The mini-program's quota for this API is used up for the day.",
      zh: '小程序当日对该接口的调用额度已用尽。',
    },
    fix: {
      en: 'It begins anew at midnight, Beijing time. The WeChat console shows quotas and can reset them; find out what calls so often.',
      zh: '额度于北京时间零点恢复。可在微信公众平台查看和重置额度，并查明调用过多的原因。',
    },
  },
  45011: {
    code: 'login_rate_limited',
    retryAfterSeconds: 60,
    errmsg: 'api minute-quota reach limit mustslower retry next minute',
    cause: {
      en: 'More than 100 logins of one user in a minute, or too many calls of another API.',
      zh: '同一用户一分钟内登录超过 100 次，或其他接口调用过于频繁。',
    },
    fix: {
      en: 'Wait a minute. A client that logs in for every request must keep its tokens instead.',
      zh: '一分钟后再试。客户端应保存令牌，而不是每次请求都登录。',
    },
  },
} as const satisfies Record<number, WeixinErrcode>;
