import type { WeixinErrcode } from './weixin-errcode.js';

/** About the mini-program's settings, here or in the WeChat console. The operator must act. */
export const APP_ERRCODES = {
  40013: {
    code: 'weixin_misconfigured', // `phone_code_invalid` at getuserphonenumber
    errmsg: 'invalid appid',
    cause: {
      en: 'WeChat knows no such appid; or, at getuserphonenumber, the code is of another mini-program than the access token.',
      zh: '微信没有此 appid；在取手机号接口中，则表示 code 与 access_token 不属于同一小程序。',
    },
    fix: {
      en: 'Copy the AppID from the WeChat console (Development › Development Settings) into `WEIXIN_APPS`, and use the same one in the mini-program.',
      zh: '从微信公众平台“开发管理 › 开发设置”复制 AppID 到 `WEIXIN_APPS`，并保证小程序使用同一 AppID。',
    },
  },
  40125: {
    code: 'weixin_misconfigured',
    errmsg: 'invalid appsecret',
    cause: {
      en: 'The AppSecret is not the one of this appid: mistyped, of another app, or reset in the console since.',
      zh: 'AppSecret 与 appid 不匹配：填写错误、属于其他应用，或已在后台重置。',
    },
    fix: {
      en: 'Reset the AppSecret in the WeChat console and write the new one into `WEIXIN_APPS`. The console shows it once only.',
      zh: '在微信公众平台重置 AppSecret，并写入 `WEIXIN_APPS`。后台只显示一次，请妥善保存。',
    },
  },
  40164: {
    code: 'weixin_misconfigured',
    errmsg: 'invalid ip …, not in whitelist',
    cause: {
      en: "The address this server calls from is not in the mini-program's IP whitelist. The log names the address that WeChat saw.",
      zh: '服务器的出口 IP 不在小程序的 IP 白名单中。日志中有微信看到的地址。',
    },
    fix: {
      en: 'Add that address in the WeChat console (Development › Development Settings › IP whitelist); it takes a few minutes. Behind NAT it is the address of the gateway.',
      zh: '在微信公众平台“开发管理 › 开发设置 › IP 白名单”中加入该地址，几分钟后生效。经过 NAT 时应填写网关的出口地址。',
    },
  },
  40243: {
    code: 'weixin_misconfigured',
    errmsg: 'appsecret is frozen',
    cause: {
      en: 'Somebody has frozen the AppSecret in the WeChat console.',
      zh: 'AppSecret 已在微信公众平台被冻结。',
    },
    fix: { en: 'Unfreeze it there, or reset it.', zh: '在微信公众平台解冻或重置 AppSecret。' },
  },
  41002: {
    code: 'weixin_misconfigured',
    errmsg: 'appid missing',
    cause: { en: 'The appid was empty.', zh: 'appid 为空。' },
    fix: { en: 'Check `WEIXIN_APPS`.', zh: '检查 `WEIXIN_APPS`。' },
  },
  41004: {
    code: 'weixin_misconfigured',
    errmsg: 'appsecret missing',
    cause: { en: 'The AppSecret was empty.', zh: 'AppSecret 为空。' },
    fix: { en: 'Check `WEIXIN_APPS`.', zh: '检查 `WEIXIN_APPS`。' },
  },
  48001: {
    code: 'weixin_misconfigured',
    errmsg: 'api unauthorized',
    cause: {
      en: 'The mini-program may not use this API: phone numbers, for one, are for verified mini-programs of organisations.',
      zh: '小程序没有该接口的权限，例如获取手机号仅对已认证的非个人小程序开放。',
    },
    fix: {
      en: 'Look up the permission in the WeChat console (Development › API permissions), or switch the feature off here.',
      zh: '在微信公众平台“开发管理 › 接口设置”中查看权限，或在本服务中关闭该功能。',
    },
  },
} as const satisfies Record<number, WeixinErrcode>;
