import type { WeixinProblems } from '../api/weixin-problems.js';
import type { WeixinErrcode } from './weixin-errcode.js';

/** About the code or the person. Nothing is wrong with this service. */
export const CODE_ERRCODES = {
  40029: {
    code: 'login_code_invalid', // `phone_code_invalid` at getuserphonenumber
    errmsg: 'invalid code',
    cause: {
      en: 'The code is wrong, older than five minutes, from another mini-program, or of the wrong kind: a phone code at login, a login code for a phone number. A phone code may also have been used before.',
      zh: 'code 错误、超过五分钟、属于其他小程序，或类型不对：登录时用了手机号 code，取手机号时用了登录 code。手机号 code 也可能已被使用。',
    },
    fix: {
      en: 'Get a new code on the phone. If every code is refused, the client and the server use different appids.',
      zh: '在小程序中重新获取 code。如果每次都失败，多半是小程序与服务端的 appid 不一致。',
    },
  },
  40163: {
    code: 'login_code_used', // not in the official table, seen in the field
    errmsg: 'code been used',
    cause: {
      en: 'A login code can be used once, and this one was sent twice.',
      zh: '登录 code 只能使用一次，而这个 code 被发送了两次。',
    },
    fix: { en: 'Call `wx.login()` for every login.', zh: '每次登录都重新调用 `wx.login()`。' },
  },
  40226: {
    code: 'login_blocked',
    errmsg: 'code blocked',
    cause: { en: 'WeChat rates the user as high-risk.', zh: '微信判定该用户为高风险用户。' },
    fix: { en: 'The service cannot change this; do not retry.', zh: '服务端无法干预，请勿重试。' },
  },
  50002: {
    code: 'login_blocked',
    errmsg: 'user limited',
    cause: { en: "WeChat has restricted the user's account.", zh: '该用户的微信账号受限。' },
    fix: { en: 'The service cannot change this; do not retry.', zh: '服务端无法干预，请勿重试。' },
  },
  40003: {
    code: 'weixin_unavailable',
    errmsg: 'invalid openid',
    cause: {
      en: 'The openid does not belong to this mini-program. Most likely the database was filled with another appid.',
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
      en: 'The openid and the access token belong to different mini-programs.',
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
      en: 'The message of WeChat is misleading: it does not concern a code. The user has not opened the mini-program within the last two hours, and WeChat checks only users who have.',
      zh: '微信返回的文字容易误解，与 code 无关：该用户近两小时内没有访问过小程序，而微信只对近期访问过的用户进行检测。',
    },
    fix: { en: 'Try again after the next `wx.login()`.', zh: '等用户下次 `wx.login()` 之后再试。' },
  },
  87014: {
    code: 'nickname_refused',
    errmsg: 'risky content',
    cause: { en: 'WeChat rates the content of the text as not allowed.', zh: '微信判定该文本含有违规内容。' },
    fix: { en: 'The user must choose another text.', zh: '请用户换一段内容。' },
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
      zh: '重新调用 `wx.login()` 登录。',
    },
  },
} as const satisfies Record<number, WeixinErrcode>;

/** What errcodes mean at getuserphonenumber, whose codes are not those of a login. */
export const PHONE_NUMBER_PROBLEMS: WeixinProblems = {
  40029: { code: 'phone_code_invalid' },
  // The code is of another app than the access token, which WeChat gave to ours: what a client sends, and no fault here.
  40013: { code: 'phone_code_invalid' },
};
