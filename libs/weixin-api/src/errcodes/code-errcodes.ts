import type { WeixinProblems } from '../api/weixin-problems.js';
import type { WeixinErrcode } from './weixin-errcode.js';

/** About the code or the person. Nothing is wrong with this service. */
export const CODE_ERRCODES = {
  40029: {
    code: 'login_code_invalid', // `phone_code_invalid` at getuserphonenumber
    errmsg: 'invalid code',
    cause: {
      en: 'The code is wrong, older than five minutes, of another mini-program, or of the other kind: a phone code at login, a login code for a phone number. A phone code may also have been used.',
      zh: 'code 错误、超过五分钟、属于其他小程序，或类型不对：登录时用了手机号 code，取手机号时用了登录 code。手机号 code 也可能已被使用。',
    },
    fix: {
      en: 'Get a new code on the phone. If none ever works, the appid of the client and of the server differ.',
      zh: '在客户端重新获取 code。若始终失败，多半是前后端的 appid 不一致。',
    },
  },
  40163: {
    code: 'login_code_used', // not in the official table, seen in the field
    errmsg: 'code been used',
    cause: {
      en: 'A login code works once, and this one was sent twice.',
      zh: '登录 code 只能使用一次，而它被发送了两次。',
    },
    fix: { en: 'Call `wx.login()` for every login.', zh: '每次登录都重新调用 `wx.login()`。' },
  },
  40226: {
    code: 'login_blocked',
    errmsg: 'code blocked',
    cause: { en: 'WeChat holds the user for high-risk.', zh: '微信判定该用户为高风险用户。' },
    fix: { en: 'Nothing to be done by the service; do not retry.', zh: '服务端无法处理，请勿重试。' },
  },
  50002: {
    code: 'login_blocked',
    errmsg: 'user limited',
    cause: { en: "WeChat has limited the user's account.", zh: '该用户的微信账号受限。' },
    fix: { en: 'Nothing to be done by the service; do not retry.', zh: '服务端无法处理，请勿重试。' },
  },
  40003: {
    code: 'weixin_unavailable',
    errmsg: 'invalid openid',
    cause: {
      en: 'The openid is not one of this mini-program: most likely the database is of another appid.',
      zh: 'openid 不属于该小程序，多半是数据库对应的是另一个 appid。',
    },
    fix: {
      en: 'Compare the appid in the table `weixin_identities` with the one in `WEIXIN_APPS`.',
      zh: '核对 `weixin_identities` 表中的 appid 与 `WEIXIN_APPS` 中的是否一致。',
    },
  },
  43104: {
    code: 'weixin_unavailable',
    errmsg: 'appid does not match openid',
    cause: {
      en: 'The openid is of another mini-program than the access token.',
      zh: 'openid 与 access_token 不属于同一小程序。',
    },
    fix: {
      en: 'Compare the appid in the table `weixin_identities` with the one in `WEIXIN_APPS`.',
      zh: '核对 `weixin_identities` 表中的 appid 与 `WEIXIN_APPS` 中的是否一致。',
    },
  },
  61010: {
    code: 'session_key_stale',
    errmsg: 'code is expired',
    cause: {
      en: 'No code is meant: the user has not opened the mini-program within the last two hours, and WeChat checks only those who have.',
      zh: '与 code 无关：该用户近两小时内未访问小程序，而微信只对近期访问过的用户进行检测。',
    },
    fix: { en: 'Ask again after the next `wx.login()`.', zh: '待用户下次 `wx.login()` 之后再试。' },
  },
  87014: {
    code: 'nickname_refused',
    errmsg: 'risky content',
    cause: { en: 'WeChat finds the text unfit to be shown.', zh: '微信判定该文本含有违规内容。' },
    fix: { en: 'The user chooses another one.', zh: '请用户更换内容。' },
  },
  87009: {
    code: 'session_key_stale',
    errmsg: 'invalid signature',
    cause: {
      en: 'WeChat has replaced the session_key, or it has expired.',
      zh: 'session_key 已被微信更换或已过期。',
    },
    fix: {
      en: 'Log in again with a new `wx.login()`.',
      zh: '用新的 `wx.login()` 重新登录。',
    },
  },
} as const satisfies Record<number, WeixinErrcode>;

/** What errcodes mean at getuserphonenumber, whose codes are not those of a login. */
export const PHONE_NUMBER_PROBLEMS: WeixinProblems = {
  40029: { code: 'phone_code_invalid' },
  // The code is of another app than the access token, which WeChat gave to ours: what a client sends, and no fault here.
  40013: { code: 'phone_code_invalid' },
};
