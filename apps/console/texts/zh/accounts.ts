import type { Texts } from '../en/index.js';

export const accounts: Texts['accounts'] = {
  title: '服务账号',
  text: '调用管理 API 和令牌内省的其他后端，各有其 scope 和小程序。',
  empty: '还没有服务账号。',
  columns: { name: '名称', scopes: 'scope', apps: '小程序', state: '状态', acts: '操作' },
  live: (secrets) => (secrets === 2 ? '有效，两个密钥' : '有效'),
  revoked: '已吊销',
  add: '添加服务账号',
  nameHint: '小写字母、数字、点和连字符',
  secretTitle: '账号凭证',
  secretText: '请交给对应的后端。密钥不会再次显示。',
  rotate: '轮换',
  rotateTitle: (name) => `轮换 ${name} 的密钥`,
  rotateText: '旧密钥在下一次轮换前仍然有效，便于后端切换。',
  compromised: '密钥已泄露：两秒内拒绝所有旧密钥',
  revoke: '吊销',
  revokeTitle: (name) => `吊销 ${name}`,
  revokeText: '该账号及其令牌在两秒内被拒绝，且不可恢复。',
  revokedNow: (name) => `${name} 已吊销。`,
};
