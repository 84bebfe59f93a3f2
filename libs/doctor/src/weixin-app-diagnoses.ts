import type { Diagnosis } from './diagnosis.js';

/** Faults between this machine, a mini-program and WeChat. */
export const WEIXIN_APP_DIAGNOSES = {
  app_refused: {
    title: { en: 'WeChat refuses the mini-program', zh: '微信拒绝了该小程序' },
    cause: {
      en: 'The errcode names the reason. The doctor prints its cause and its fix from the table above.',
      zh: '原因见 errcode，命令会输出上表中对应的原因和解决办法。',
    },
    fix: {
      en: "If the table does not have the errcode, see WeChat's documentation or ask WeChat's support.",
      zh: '如果上表中没有该 errcode，请查阅微信官方文档，或到微信开放社区咨询。',
    },
  },
  weixin_unreachable: {
    title: { en: 'WeChat cannot be reached', zh: '无法连接微信' },
    cause: {
      en: 'The name does not resolve, the server does not answer, or a firewall blocks outgoing connections. For a loopback address, the sandbox is not running. The service does not read proxy variables.',
      zh: '域名无法解析、对方无响应，或防火墙禁止出站；如果是本机地址，则是沙箱没有运行。本服务不读取代理环境变量。',
    },
    fix: {
      en: 'Allow connections from this machine to `https://api.weixin.qq.com`, port 443, and check its DNS. `WEIXIN_API_FALLBACK_URL` gives the service a second address. `npm start` runs the sandbox.',
      zh: '允许本机访问 `https://api.weixin.qq.com` 的 443 端口，并检查 DNS。可用 `WEIXIN_API_FALLBACK_URL` 设置备用地址。`npm start` 会启动沙箱。',
    },
  },
  weixin_untrusted: {
    title: { en: "WeChat's certificate is not trusted", zh: '微信的证书不受信任' },
    cause: {
      en: 'The clock of this machine is wrong, its list of certificate authorities is outdated, or a proxy decrypts the traffic: a company’s proxy or a captive portal.',
      zh: '本机时钟不准、根证书过旧，或中间有设备在解密流量，例如公司代理、上网认证页。',
    },
    fix: {
      en: 'Set the clock, then find out which server answers. `NODE_EXTRA_CA_CERTS` adds an authority that you trust. Never disable the check: requests contain the AppSecret.',
      zh: '先校准时钟，再确认响应来自哪里。可用 `NODE_EXTRA_CA_CERTS` 添加信任的根证书。切勿关闭证书校验，请求中含有 AppSecret。',
    },
  },
  weixin_is_another: {
    title: { en: 'Another server answers instead of WeChat', zh: '响应的不是微信' },
    cause: {
      en: '`WEIXIN_API_BASE_URL` points to another server, or a proxy or captive portal answers.',
      zh: '`WEIXIN_API_BASE_URL` 指向了其他服务器，或响应来自代理、上网认证页。',
    },
    fix: {
      en: 'Remove `WEIXIN_API_BASE_URL`, or set it to `https://api.weixin.qq.com`.',
      zh: '不设置 `WEIXIN_API_BASE_URL`，或设为 `https://api.weixin.qq.com`。',
    },
  },
  weixin_imitated: {
    isHint: true,
    title: { en: 'In production, but not connected to WeChat', zh: '生产环境，但并非连接微信' },
    cause: {
      en: '`WEIXIN_API_BASE_URL` is not a host of WeChat. The server at that address receives the AppSecrets and decides which users are logged in.',
      zh: '`WEIXIN_API_BASE_URL` 不是微信的域名。该地址上的服务器会收到 AppSecret，并能决定登录的是哪个用户。',
    },
    fix: {
      en: 'This is correct for a load test or for your own forward proxy. Otherwise remove the variable.',
      zh: '压力测试或自建正向代理时属于正常情况，否则请删除该变量。',
    },
  },
} as const satisfies Record<string, Diagnosis>;
