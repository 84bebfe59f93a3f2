import type { Texts } from './en.js';

/** The words of the page in Chinese. */
export const zh: Texts = {
  page: {
    title: '沙箱：这不是微信',
    sandbox: '沙箱',
    notWeChat: '这不是微信。',
    note: '所有用户均为虚构，任何数据都不会离开这台电脑。',
    notBuilt: '手机尚未构建：请运行 <code>npm run build</code>，然后刷新本页。',
    secondPhone: '第二部手机',
    other: 'English',
    otherLanguage: 'en',
    help: {
      title: '不用手机：命令行用法',
      what: '沙箱模拟微信小程序的服务端接口，用于开发和测试，不需要 AppID。',
      code: '获取一个 code，相当于手机上的 <code>wx.login()</code>：',
      another: '换一个用户、换一个小程序：',
      exchange: '后端用 code 换取会话：',
    },
  },
  phone: {
    name: (id) => `手机 ${id}`,
    user: '微信用户',
    network: '网络',
    networks: {
      online: { name: '在线', what: '请求和响应立即到达' },
      slow: { name: '慢速', what: '请求和响应各需 1.5 秒' },
      lossy: { name: '丢包', what: '每两个响应丢失一个' },
      off: { name: '断网', what: '没有网络' },
    },
    reopen: '重新打开',
    pullDown: '下拉刷新',
    background: '切到后台',
    lacks: (what) => `这部手机没有以下能力，真机上可能有：${what}`,
  },
  stories: {
    title: '场景',
    intro:
      '服务端用微信的登录 code 换发两个令牌：access（5 分钟，随每个请求发送）和 refresh（30 天，用来换取下一对令牌）。点一个场景：手机自动演示，★ 标出起决定作用的那条消息。',
    stuck: '没有等到预期的消息。服务端在运行吗？',
    list: {
      login: {
        name: '只登录一次',
        before: '手机用 wx.login() 取得 code，服务端用它换发自己的令牌。随后关闭小程序，重新打开。',
        after: '第二次启动不需要 code，也不需要登录：手机上保存的 access 令牌仍然有效（★）。',
      },
      offline: {
        name: '离线写入',
        before: '手机断网，写一项待办，关闭并重新打开小程序，然后恢复网络。',
        after: '待办一直保存在手机上，联网后一个 POST 就送到了服务端（★）。',
      },
      conflict: {
        name: '两部手机改同一项',
        before: '两部手机持有同一版本的列表（ETag），都断网：手机 1 改名，手机 2 打勾。',
        after:
          '手机 2 提交的版本（If-Match）已旧，收到 412（★）；它重新读取列表，在新版本上再做一次自己的改动，什么都没丢。',
      },
      twelve: {
        name: '十二个请求，一次刷新',
        before: 'access 令牌有效期 5 分钟。这一个提前失效，而十二个请求同时需要它。',
        after:
          '失效的令牌收到 401，一次刷新换来一对新令牌（★），所有请求带着新令牌发出：没有重新登录，用户毫无感知。',
      },
      lost: {
        name: '刷新响应丢失',
        before: 'access 令牌已过期。服务端换发了新令牌，但响应没有到达手机。',
        after:
          '手机再次发出同一个 refresh 令牌。它的下一代从未被使用，服务端据此认定是响应丢失（★），会话继续。',
      },
      theft: {
        name: 'refresh 令牌被盗',
        before: '盗用者（X）复制了 refresh 令牌并抢先使用。随后时钟拨快六分钟，手机的 access 令牌过期。',
        after:
          '手机自己的刷新使 X 手里较新的令牌作废；X 一用它（★），服务端就为双方结束会话，手机通过微信重新登录。',
      },
      device: {
        name: '下线另一台设备',
        before: '手机 2 在“我的”页面结束手机 1 的会话，手机 1 的 access 令牌随即被拒绝。',
        after: '刷新也被拒绝，响应说明了原因（★）；手机 1 显示登录按钮，不会自行重新登录。',
      },
      down: {
        name: '微信宕机',
        before: '微信切断所有连接，这时来了十一次登录。',
        after:
          '连续十次失败后，服务端不再请求微信：503 和 Retry-After（★）。手机照常使用，因为它的令牌不依赖微信；微信现已恢复。',
      },
      twice: {
        name: '同一个 code 用两次',
        before: '登录 code 只能用一次。有人复制了它，在服务端换取之后又发来一次。',
        after:
          '微信返回 40163，服务端返回 401 login_code_used（★）：没有签发令牌，第一次登录的会话不受影响。',
      },
    },
  },
  controls: {
    title: '微信与时钟',
    login: '微信侧的登录',
    faults: {
      none: '正常',
      hang: '没有响应',
      invalid: '返回 40029 invalid code',
      quota: '返回 45011 每分钟限额',
      busy: '返回 -1 系统繁忙',
      down: '连接被切断',
    },
    otherFault: '其他故障（在别处设置）',
    modes: {
      unbound: '未绑定开放平台：没有 unionid',
      ipWhitelist: 'IP 不在白名单（40164）',
      secretFrozen: 'AppSecret 已冻结（40243）',
    },
    pushes: {
      buttons: {
        phone: '撤回手机号授权',
        profile: '撤回昵称头像授权',
        account: '注销微信账号',
      },
      done: (user) => `微信已向服务端推送（用户 ${user}）。`,
      failed: (reason) => `服务端没有接受微信的推送：${reason}`,
    },
    expire: '让 access 令牌过期',
    moves: { minute: '+1 分钟', hour: '+1 小时', day: '+1 天' },
    now: (time) => `手机与服务端：${time}。时钟只能向前拨，重新启动两者后恢复。`,
    alone: '服务端没有跟随这个时钟：请用 npm start 启动两者，并使用 SQLite。',
  },
  messages: {
    decisive: '本场景的关键消息',
    thief: '盗用者',
    title: '消息',
    region: '小程序、服务端与微信之间的消息',
    empty: '还没有消息。重新打开手机，或播放一个场景。',
    clear: '清空',
    newest: '最新 ↓',
    parties: {
      'mini-program': ['小程序', '在手机上'],
      service: ['你的服务端', 'weapp-passport'],
      wechat: ['微信', '由本沙箱模拟'],
    },
    outcomes: { sent: '请求', ok: '响应', refused: '被拒绝', lost: '没有响应' },
    copy: '复制为 curl',
    copied: '已复制。以 … 结尾的值已脱敏。',
    answered: (ms) => `${ms} 毫秒`,
    labels: {
      'no answer': '没有响应',
      'the phone closed the request': '手机关闭了请求',
    },
  },
  tokens: {
    region: (id) => `手机 ${id} 的令牌`,
    none: '这部手机上没有令牌',
    expired: '已过期',
    days: (count) => `${count} 天`,
    hours: (count) => `${count} 小时`,
    was: (value) => `原为 ${value}`,
    claims: {
      alg: '签名算法',
      typ: '类型',
      kid: '密钥，见 /.well-known/jwks.json',
      iss: '签发者',
      aud: '受众',
      sub: '用户 id',
      client_id: 'appid',
      sid: '会话',
      gen: '代数：每次刷新加一',
      jti: '令牌 id',
      iat: '签发时间',
      exp: '过期时间',
      token_type: 'access 或 refresh',
    },
  },
};
