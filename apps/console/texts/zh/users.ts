import type { Texts } from '../en/index.js';

export const users: Texts['users'] = {
  title: '用户',
  search: '搜索',
  by: '搜索方式',
  fields: { q: '昵称或 ID', phone: '手机号', openid: 'openid', unionid: 'unionid' },
  hints: {
    q: '昵称的开头，或 ID 的开头（至少 8 个字符）',
    phone: '完整手机号；不带国家代码时按中国大陆号码处理。搜索会写入审计日志',
    openid: '完整的 openid。搜索会写入审计日志',
    unionid: '完整的 unionid。搜索会写入审计日志',
  },
  clear: '清除',
  columns: { user: '用户', phone: '手机号', apps: '小程序', created: '创建时间', state: '状态' },
  state: '状态',
  filters: { all: '全部', active: '正常', disabled: '已停用', deleting: '注销中' },
  states: { active: '正常', disabled: '已停用', leaving: '注销中', merged: '已合并' },
  noNickname: '未设置昵称',
  empty: '还没有用户。首次登录时会自动创建。',
  nothingFound: '没有匹配的用户。昵称按开头匹配，区分大小写。',
  noSuchUser: '没有与之完全匹配的用户。',
};
