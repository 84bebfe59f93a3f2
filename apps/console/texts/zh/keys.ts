import type { Texts } from '../en/index.js';

export const keys: Texts['keys'] = {
  title: '签名密钥',
  text: '用于签发 access token。其他后端从 /.well-known/jwks.json 读取公钥。',
  columns: { id: 'kid', state: '状态', created: '创建时间' },
  states: {
    next: { name: '下一个', what: '已公布，下次轮换后开始签名' },
    current: { name: '当前', what: '正在签名' },
    previous: { name: '上一个', what: '仍可验证它签发的令牌' },
  },
  rotate: '轮换密钥',
  rotateTitle: '轮换签名密钥',
  rotateText:
    '下一个密钥成为当前密钥，同时公布一个新密钥。已签发的令牌不会失效。下一个密钥须已公布满 6 分钟。',
  rotated: '密钥已轮换。',
  compromised: '已泄露',
  compromisedTitle: (kid) => `密钥 ${kid} 已泄露`,
  compromisedText: [
    '当前和上一个密钥将被删除，下一个密钥立即开始签名。',
    '它们签发的所有 access token 立即失效。小程序在下一次刷新时获得新令牌，用户无需重新登录。',
    '自行验证令牌的后端在重新读取公钥后生效。此操作无法撤销。',
  ],
  compromisedAct: '删除密钥',
  dropped: '已泄露的密钥已删除。',
};
