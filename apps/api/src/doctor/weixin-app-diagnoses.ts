import type { Diagnosis } from './diagnosis.js';

/** What can be wrong between this machine, a mini-program and WeChat. */
export const WEIXIN_APP_DIAGNOSES = {
  appid_wrong: {
    title: { en: 'WeChat does not know the appid', zh: '微信不认识该 appid' },
    cause: {
      en: 'errcode 40013 or 41002: it is mistyped, or of something that is no mini-program.',
      zh: 'errcode 40013 或 41002：appid 输入有误，或它不属于小程序。',
    },
    fix: {
      en: 'Copy the AppID from mp.weixin.qq.com, 开发管理 → 开发设置, into `WEIXIN_APPS` or `WEIXIN_APPS_FILE`.',
      zh: '从 mp.weixin.qq.com 的“开发管理 → 开发设置”复制 AppID，填入 `WEIXIN_APPS` 或 `WEIXIN_APPS_FILE`。',
    },
  },
  secret_wrong: {
    title: { en: 'The AppSecret is wrong', zh: 'AppSecret 错误' },
    cause: {
      en: 'errcode 40125, 40001 or 41004: it is mistyped, of another mini-program, or was reset in the console since.',
      zh: 'errcode 40125、40001 或 41004：AppSecret 输入有误、属于其他小程序，或已在后台被重置。',
    },
    fix: {
      en: 'Copy the present AppSecret into `WEIXIN_APPS` or `WEIXIN_APPS_FILE`. WeChat shows it once; reset it where nobody has it.',
      zh: '将当前的 AppSecret 填入 `WEIXIN_APPS` 或 `WEIXIN_APPS_FILE`。微信只显示一次，遗失时请重置。',
    },
  },
  secret_frozen: {
    title: { en: 'The AppSecret is frozen', zh: 'AppSecret 已被冻结' },
    cause: {
      en: 'errcode 40243: somebody froze it in the console. No login works until it is thawed.',
      zh: 'errcode 40243：有人在后台冻结了 AppSecret。解冻之前无法登录。',
    },
    fix: {
      en: 'Thaw it at mp.weixin.qq.com, 开发管理 → 开发设置; reset it if it may have leaked.',
      zh: '在 mp.weixin.qq.com 的“开发管理 → 开发设置”中解冻；若可能泄露，请重置。',
    },
  },
  address_not_whitelisted: {
    title: { en: "This machine is not on the app's IP whitelist", zh: '本机不在该小程序的 IP 白名单中' },
    cause: {
      en: 'errcode 40164: WeChat saw the address above, and the mini-program has a whitelist without it. Logins work; whatever needs an access token, such as phone numbers, does not.',
      zh: 'errcode 40164：微信看到的地址如上，而该小程序的白名单中没有它。登录可用，但手机号等需要 access_token 的功能不可用。',
    },
    fix: {
      en: 'Add that address at mp.weixin.qq.com, 开发管理 → 开发设置 → IP 白名单; it applies after some minutes.',
      zh: '在 mp.weixin.qq.com 的“开发管理 → 开发设置 → IP 白名单”中加入该地址，几分钟后生效。',
    },
  },
  weixin_refused: {
    title: { en: 'WeChat refuses the app', zh: '微信拒绝了该小程序' },
    cause: {
      en: 'An errcode that says something else of the app: -1 and 45009 pass, others are told by WeChat’s table of errcodes.',
      zh: '其他与小程序有关的 errcode：-1 和 45009 会自行恢复，其余请查微信的 errcode 表。',
    },
    fix: {
      en: 'Look the errcode up below or in WeChat’s documents, and try again.',
      zh: '在下文或微信文档中查找该 errcode，然后重试。',
    },
  },
  weixin_unreachable: {
    title: { en: 'WeChat cannot be reached', zh: '无法连接微信' },
    cause: {
      en: 'The name does not resolve, nothing answers there, or a firewall lets nothing out. The service reads no proxy variable.',
      zh: '域名无法解析、对方无响应，或防火墙禁止出站。本服务不读取代理环境变量。',
    },
    fix: {
      en: 'Allow this machine to reach `https://api.weixin.qq.com`, port 443, and check its DNS. `WEIXIN_API_FALLBACK_URL` gives the service a second address.',
      zh: '允许本机访问 `https://api.weixin.qq.com` 的 443 端口，并检查 DNS。可用 `WEIXIN_API_FALLBACK_URL` 设置备用地址。',
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
