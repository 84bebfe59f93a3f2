/** @typedef {{ api: string, sandbox: string, isDefaultPort: boolean }} Addresses */

/** The texts of `npm start`. */
export const WORDS = {
  en: {
    starting: 'Starting …',
    /** @type {(variable: string, port: string) => string} */
    taken: (variable, port) =>
      `Port ${port} is taken by another process: end it, or set ${variable} to a free port.`,
    /** @param {Addresses} addresses */
    running: ({ api, sandbox, isDefaultPort }) => `
  weapp-passport is running.

    ${sandbox}         the mini-program on a phone in your browser, and its messages with WeChat
    ${api}/docs    try every route (Swagger UI)
    ${api}         base URL for a mini-program; ${isDefaultPort ? 'miniprogram/ already points at it' : 'write it into miniprogram/config.ts'}

  A login code, as wx.login() returns it:
    curl -X POST ${sandbox}/sandbox/codes

  Ctrl-C stops both.
`,
    /** @type {(link: string) => string} */
    console: (link) => `
  The console has no operator yet. Open this link within 30 minutes; it works once:
    ${link}
`,
  },
  zh: {
    starting: '正在启动……',
    /** @type {(variable: string, port: string) => string} */
    taken: (variable, port) => `端口 ${port} 已被其他进程占用：请结束该进程，或将 ${variable} 设为空闲端口。`,
    /** @param {Addresses} addresses */
    running: ({ api, sandbox, isDefaultPort }) => `
  weapp-passport 正在运行。

    ${sandbox}         浏览器中的手机与小程序，以及与微信之间的消息
    ${api}/docs    试用每个接口（Swagger UI）
    ${api}         小程序的 base URL；${isDefaultPort ? 'miniprogram/ 已指向它' : '请写入 miniprogram/config.ts'}

  获取一个登录 code（相当于 wx.login()）：
    curl -X POST ${sandbox}/sandbox/codes

  按 Ctrl-C 停止两者。
`,
    /** @type {(link: string) => string} */
    console: (link) => `
  控制台还没有操作员。请在 30 分钟内打开以下链接（仅可使用一次）：
    ${link}
`,
  },
};
