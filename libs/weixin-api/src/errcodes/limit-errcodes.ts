import type { WeixinErrcode } from './weixin-errcode.js';

/** About load: later it works. */
export const LIMIT_ERRCODES = {
  [-1]: {
    code: 'weixin_busy',
    retryAfterSeconds: 1,
    errmsg: 'system error',
    cause: { en: 'WeChat is busy.', zh: '微信系统繁忙。' },
    fix: {
      en: 'Wait a moment. A login needs a new code, because the first one may be used up.',
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
      en: 'The quota is renewed at midnight, Beijing time. The WeChat console shows quotas and can reset them. Find out which program calls so often.',
      zh: '额度在北京时间零点恢复。可在微信公众平台查看并清零额度；同时查明是哪个程序调用过多。',
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
      en: 'Wait a minute. A client that logs in for every request must store its tokens instead.',
      zh: '一分钟后再试。客户端应保存令牌，而不是每次请求都登录。',
    },
  },
} as const satisfies Record<number, WeixinErrcode>;
