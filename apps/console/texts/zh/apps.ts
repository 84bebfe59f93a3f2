import type { Texts } from '../en/index.js';

export const apps: Texts['apps'] = {
  title: '小程序',
  text: '可以在此登录的小程序。配置来自 WEIXIN_APPID 或 WEIXIN_APPS_FILE，不能在这里修改。',
  empty: '没有配置小程序。',
  limit: '登录限流',
  perMinute: (count) => `每分钟 ${count} 次`,
  noLimit: '不限',
  today: '今日（UTC）',
  spent: { logins: '次登录', refusals: '次被拒绝', phones: '个手机号' },
  push: '消息推送',
  configured: '已配置',
  notConfigured: '未配置',
  forwarded: '并转发',
  doctor: '诊断',
  unexamined: '尚未检查',
  noFinding: '没有发现问题',
  examine: '开始检查',
  test: '发送测试推送',
  testTitle: (name) => `向 ${name} 发送测试推送`,
  testText: '按微信公众平台的方式，向对外地址发送一个带签名的请求，不会修改任何用户。',
  arrived: '测试推送已到达。',
};
