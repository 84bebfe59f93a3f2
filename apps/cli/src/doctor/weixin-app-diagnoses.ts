import type { Diagnosis } from './diagnosis.js';

/** What can be wrong between this machine, a mini-program and WeChat. */
export const WEIXIN_APP_DIAGNOSES = {
  app_refused: {
    title: { en: 'WeChat refuses the mini-program', zh: '微信拒绝了该小程序' },
    cause: {
      en: 'The errcode says why: the doctor tells cause and fix of each in the table above.',
      zh: 'errcode 说明了原因：命令会给出上表中该 errcode 的原因与解决办法。',
    },
    fix: {
      en: "Where the table does not have it, look it up in WeChat's documents, or ask WeChat's support.",
      zh: '若上表中没有该 errcode，请查微信文档或咨询微信客服。',
    },
  },
  weixin_unreachable: {
    title: { en: 'WeChat cannot be reached', zh: '无法连接微信' },
    cause: {
      en: 'The name does not resolve, nothing answers there, or a firewall lets nothing out; at a loopback address, the sandbox is not running. The service reads no proxy variable.',
      zh: '域名无法解析、对方无响应，或防火墙禁止出站；若为本机地址，则是沙箱未运行。本服务不读取代理环境变量。',
    },
    fix: {
      en: 'Allow this machine to reach `https://api.weixin.qq.com`, port 443, and check its DNS. `WEIXIN_API_FALLBACK_URL` gives the service a second address. `npm start` runs the sandbox.',
      zh: '允许本机访问 `https://api.weixin.qq.com` 的 443 端口，并检查 DNS。可用 `WEIXIN_API_FALLBACK_URL` 设置备用地址。`npm start` 会启动沙箱。',
    },
  },
  weixin_untrusted: {
    title: { en: "WeChat's certificate is not trusted", zh: '微信的证书不受信任' },
    cause: {
      en: 'The clock is wrong, the list of authorities of this machine is old, or something in between reads the traffic: a company’s proxy, a captive portal.',
      zh: '本机时钟错误、根证书过旧，或中间有设备在解密流量：公司代理、上网认证页。',
    },
    fix: {
      en: 'Set the clock, then find out who answers. `NODE_EXTRA_CA_CERTS` adds an authority you trust; never switch the check off, because the AppSecret travels in it.',
      zh: '先校准时钟，再确认是谁在响应。可用 `NODE_EXTRA_CA_CERTS` 添加信任的根证书；切勿关闭校验，因为 AppSecret 会随请求发送。',
    },
  },
  weixin_is_another: {
    title: { en: 'What answers is not WeChat', zh: '响应的不是微信' },
    cause: {
      en: '`WEIXIN_API_BASE_URL` points elsewhere, or a proxy or captive portal answers in its place.',
      zh: '`WEIXIN_API_BASE_URL` 指向了别处，或由代理、上网认证页代为响应。',
    },
    fix: {
      en: 'Leave `WEIXIN_API_BASE_URL` out, or set it to `https://api.weixin.qq.com`.',
      zh: '不设置 `WEIXIN_API_BASE_URL`，或设为 `https://api.weixin.qq.com`。',
    },
  },
  weixin_imitated: {
    isHint: true,
    title: { en: 'In production, and not at WeChat', zh: '生产环境，但并非连接微信' },
    cause: {
      en: '`WEIXIN_API_BASE_URL` is no host of WeChat: who answers there decides who is logged in, and is given the AppSecrets.',
      zh: '`WEIXIN_API_BASE_URL` 不是微信的域名：该处的响应决定谁能登录，并会收到 AppSecret。',
    },
    fix: {
      en: 'Right for a load test, or for a forward proxy of your own. Else leave it out.',
      zh: '压力测试或自建正向代理时无妨，否则请不要设置。',
    },
  },
} as const satisfies Record<string, Diagnosis>;
