import type { Texts } from '../en/index.js';

export const operators: Texts['operators'] = {
  title: '操作员',
  me: '你',
  columns: { name: '用户名', role: '角色', created: '加入时间', seen: '最近活动', acts: '操作' },
  roles: {
    viewer: '查看用户、日志和小程序',
    operator: '还可管理用户和 Webhook',
    owner: '还可轮换密钥、管理其他操作员',
  },
  never: '从未',
  invite: '邀请操作员',
  nameHint: '最多 27 个小写字母、数字、点和连字符',
  link: '链接',
  linkTitle: '邀请链接',
  linkText: '请通过可信渠道把链接发给对方。链接只能使用一次，30 分钟内有效，不会再次显示。',
  reset: '重置',
  resetTitle: (name) => `重置 ${name} 的登录方式`,
  resetText: '密码、验证器、恢复码和所有会话立即失效，你会得到一个用于重新设置的链接。',
  remove: '移除',
  removeTitle: (name) => `移除 ${name}`,
  removeText: '其会话立即结束，审计日志仍保留其操作记录。',
  removed: (name) => `${name} 已移除。`,
};
