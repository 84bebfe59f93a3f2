import type { Texts } from '../en/index.js';

export const apps: Texts['apps'] = {
  title: '小程序',
  text: '可以在此登录的小程序。配置来自 WEIXIN_APPID 或 WEIXIN_APPS_FILE，不能在这里修改。',
  empty: '没有配置小程序。',
  columns: { appid: 'appid', name: '名称' },
};
