/** Until when the service stores what a person can withdraw in WeChat, for docs/personal-data.md. */
export const UNTIL_WITHDRAWAL = {
  en: 'erasure, or withdrawal in WeChat',
  zh: '用户被清除，或在微信中撤回授权',
};
