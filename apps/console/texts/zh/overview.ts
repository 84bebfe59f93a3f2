import type { Texts } from '../en/index.js';

export const overview: Texts['overview'] = {
  title: '概览',
  range: '时间范围',
  ranges: { '24h': '24 小时', '7d': '7 天', '30d': '30 天' },
  users: '用户总数',
  activeToday: '今日活跃',
  days: '日期按 UTC 计算。',
  logins: '登录',
  newUsers: '新用户',
  refusals: '登录被拒绝',
  phoneNumbers: '绑定手机号',
  deletionsDue: '待注销',
  plot: (label, total, highest, at) => `${label}：共 ${total}，最高 ${highest}（${at}）`,
  plotEmpty: (label) => `${label}：无`,
  refusalsByCode: '登录被拒绝的原因',
  noRefusal: '没有登录被拒绝。',
  columns: { code: '原因', count: '次数', appid: '小程序', people: '人数' },
  peopleByApp: '各小程序人数',
  weixin: {
    title: '微信接口',
    circuit: '是否响应',
    circuits: { closed: '正常', half_open: '正在重试', open: '无响应：登录立即失败' },
    exchange: 'code 换取耗时',
    noExchange: '暂无',
    note: '数据来自响应本页面的实例。',
  },
};
