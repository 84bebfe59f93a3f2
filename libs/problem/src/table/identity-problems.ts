import type { ProblemSpec } from './problem-spec.js';

/** Problems of a user's WeChat data: phone, profile, open data, other identities. */
export const IDENTITY_PROBLEMS = {
  session_key_stale: {
    status: 409,
    title: { en: 'WeChat wants a newer login for this', zh: '微信要求重新登录后再操作' },
    cause: {
      en: 'WeChat has replaced the session_key since it issued the data, or the data is damaged or from another mini-program. For a nickname: errcode 61010, the user has not opened the mini-program for two hours.',
      zh: '取得数据之后，会话密钥 session_key 已被微信更换；或者数据已损坏、属于其他小程序。修改昵称时：errcode 61010，用户近两小时内没有访问过小程序。',
    },
    fix: {
      en: 'Log in again with a new `wx.login()`, then request the data from WeChat again and send it.',
      zh: '重新调用 `wx.login()` 登录，再向微信重新取得数据并提交。',
    },
  },
  phone_code_invalid: {
    status: 400,
    title: { en: 'WeChat refused the phone code', zh: '微信拒绝了手机号 code' },
    cause: {
      en: 'errcode 40029: the code was used before, is older than five minutes, or is a login code. errcode 40013: the code is from another mini-program than the session.',
      zh: 'errcode 40029：code 已被使用、超过五分钟，或是登录用的 code。errcode 40013：code 与会话不属于同一小程序。',
    },
    fix: {
      en: 'Let the user press the getPhoneNumber button again and send `detail.code`.',
      zh: '让用户再次点击 getPhoneNumber 按钮，发送新的 `detail.code`。',
    },
  },
  phone_bindings_exhausted: {
    status: 429,
    title: {
      en: 'The user has bound a phone number too often today',
      zh: '该用户今天绑定手机号的次数已用完',
    },
    cause: {
      en: '`PHONE_BINDINGS_PER_DAY` is reached. WeChat charges the owner of the mini-program for every number.',
      zh: '已达到 `PHONE_BINDINGS_PER_DAY`。手机号快速验证按次向小程序主体收费。',
    },
    fix: { en: 'Wait for the time in `Retry-After`.', zh: '按 `Retry-After` 等待后再试。' },
  },
  phone_binding_disabled: {
    status: 403,
    title: { en: 'This service binds no phone numbers', zh: '本服务未开启手机号绑定' },
    cause: { en: '`PHONE_BINDINGS_PER_DAY` is 0.', zh: '`PHONE_BINDINGS_PER_DAY` 为 0。' },
    fix: {
      en: 'Do not request the number, or have the operator set `PHONE_BINDINGS_PER_DAY`.',
      zh: '不要再向用户索取手机号，或由运维人员设置 `PHONE_BINDINGS_PER_DAY`。',
    },
  },
  nickname_refused: {
    status: 422,
    title: { en: 'WeChat finds the nickname unfit', zh: '昵称未通过微信内容安全检测' },
    cause: {
      en: "WeChat's msgSecCheck rejected it (`WEIXIN_CONTENT_CHECK=true`).",
      zh: '微信内容安全接口 msgSecCheck 检测未通过（`WEIXIN_CONTENT_CHECK=true`）。',
    },
    fix: { en: 'Choose another one.', zh: '请换一个昵称。' },
  },
  merge_target_missing: {
    status: 404,
    title: { en: 'There is no other user to merge with', zh: '没有可合并的用户' },
    cause: {
      en: 'No other user has the same unionid; or the code belongs to an identity of the caller, or to one that has never logged in here.',
      zh: '没有其他用户与当前用户的 unionid 相同；或者 code 属于当前用户自己，或对应的微信身份从未在此登录。',
    },
    fix: {
      en: 'Send `code` and `appid` of a new `wx.login()` in the mini-program of the other user.',
      zh: '在另一个用户的小程序中调用 `wx.login()`，发送得到的 `code` 和该小程序的 `appid`。',
    },
  },
} as const satisfies Record<string, ProblemSpec>;
