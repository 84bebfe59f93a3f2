import type { WeixinErrcode } from './weixin-errcode.js';

/** About the mini-program's settings, here or in the WeChat console. The operator must act. */
export const APP_ERRCODES = {
  40013: {
    code: 'weixin_misconfigured', // `phone_code_invalid` at getuserphonenumber
    errmsg: 'invalid appid',
    cause: {
      en: 'WeChat does not know this appid. For getuserphonenumber: the code and the access token belong to different mini-programs.',
      zh: '微信没有这个 appid。获取手机号时，则表示 code 与 access_token 不属于同一个小程序。',
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
      en: 'The AppSecret does not belong to this appid: it is mistyped, of another app, or was reset in the console.',
      zh: 'AppSecret 与 appid 不匹配：填写错误、属于其他小程序，或已在微信公众平台重置。',
    },
    fix: {
      en: 'Reset the AppSecret in the WeChat console and write the new one into `WEIXIN_APPS`. The console shows it only once.',
      zh: '在微信公众平台重置 AppSecret，并写入 `WEIXIN_APPS`。新的 AppSecret 只显示一次，请妥善保存。',
    },
  },
  40164: {
    code: 'weixin_misconfigured',
    errmsg: 'invalid ip …, not in whitelist',
    cause: {
      en: "The address from which this server calls WeChat is not in the mini-program's IP whitelist. The log has the address that WeChat saw.",
      zh: '服务器的出口 IP 不在小程序的 IP 白名单中。日志中有微信看到的地址。',
    },
    fix: {
      en: 'Add that address in the WeChat console (Development › Development Settings › IP whitelist). The change takes a few minutes. Behind NAT, add the address of the gateway.',
      zh: '在微信公众平台“开发管理 › 开发设置 › IP 白名单”中加入该地址，几分钟后生效。经过 NAT 时应填写网关的出口地址。',
    },
  },
  40243: {
    code: 'weixin_misconfigured',
    errmsg: 'appsecret is frozen',
    cause: {
      en: 'The AppSecret was frozen in the WeChat console.',
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
      en: 'The mini-program has no permission for this API. For example, phone numbers are available only to verified mini-programs of organisations.',
      zh: '小程序没有该接口的权限，例如获取手机号仅对已认证的非个人小程序开放。',
    },
    fix: {
      en: 'Check the permission in the WeChat console (Development › API permissions), or disable the feature in this service.',
      zh: '在微信公众平台“开发管理 › 接口设置”中查看权限，或在本服务中关闭该功能。',
    },
  },
} as const satisfies Record<number, WeixinErrcode>;
