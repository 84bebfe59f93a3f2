import type { ProblemSpec } from './problem-spec.js';

/** What can go wrong with what WeChat knows of a user: phone, profile, open data, other identities. */
export const IDENTITY_PROBLEMS = {
  session_key_stale: {
    status: 409,
    title: 'WeChat wants a newer login for this',
    cause: {
      en: 'WeChat has replaced the session_key since the data was made, or the data is damaged or of another mini-program. For a nickname: errcode 61010, WeChat has not seen the user for two hours.',
      zh: '数据生成之后 session_key 已被微信更换，或数据已损坏、属于其他小程序。若是修改昵称：errcode 61010，用户近两小时内未访问小程序。',
    },
    fix: {
      en: 'Log in again with a new `wx.login()`, then ask WeChat for the data anew and send that.',
      zh: '用新的 `wx.login()` 重新登录，再向微信重新获取数据并提交。',
    },
  },
  phone_code_invalid: {
    status: 400,
    title: 'WeChat refused the phone code',
    cause: {
      en: 'errcode 40029: the code was used, is older than five minutes, or a login code. errcode 40013: it is of another mini-program than the session.',
      zh: 'errcode 40029：code 已被使用、超过五分钟，或是登录用的 code。errcode 40013：code 与会话不属于同一小程序。',
    },
    fix: {
      en: 'Let the user press the getPhoneNumber button again and send `detail.code`.',
      zh: '让用户再次点击 getPhoneNumber 按钮，发送新的 `detail.code`。',
    },
  },
  phone_bindings_exhausted: {
    status: 429,
    title: 'The user has bound a phone number too often today',
    cause: {
      en: '`PHONE_BINDINGS_PER_DAY` is reached; every number costs the owner of the mini-program money.',
      zh: '已达到 `PHONE_BINDINGS_PER_DAY`；每获取一次手机号，小程序所有者都要付费。',
    },
    fix: { en: 'Wait as `Retry-After` says.', zh: '按 `Retry-After` 等待。' },
  },
  phone_binding_disabled: {
    status: 403,
    title: 'This service binds no phone numbers',
    cause: { en: '`PHONE_BINDINGS_PER_DAY` is 0.', zh: '`PHONE_BINDINGS_PER_DAY` 为 0。' },
    fix: {
      en: 'Do not ask the user for the number; or the operator sets `PHONE_BINDINGS_PER_DAY`.',
      zh: '请勿向用户索取手机号；或由运维人员设置 `PHONE_BINDINGS_PER_DAY`。',
    },
  },
  nickname_refused: {
    status: 422,
    title: 'WeChat finds the nickname unfit',
    cause: {
      en: "WeChat's msgSecCheck did not pass it (`WEIXIN_CONTENT_CHECK=true`).",
      zh: '微信的 msgSecCheck 未通过（`WEIXIN_CONTENT_CHECK=true`）。',
    },
    fix: { en: 'Choose another one.', zh: '请换一个昵称。' },
  },
  merge_target_missing: {
    status: 404,
    title: 'There is no other user to merge with',
    cause: {
      en: 'No other user shares a unionid with you; or the code is of your own identity, or of one that never logged in here.',
      zh: '没有其他用户与你共享 unionid；或 code 属于你自己的身份，或该身份从未在此登录。',
    },
    fix: {
      en: 'Send `code` and `appid` of a fresh `wx.login()` in the mini-program of the other user.',
      zh: '在另一用户所在的小程序中调用 `wx.login()`，发送其 `code` 与 `appid`。',
    },
  },
} as const satisfies Record<string, ProblemSpec>;
