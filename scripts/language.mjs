/**
 * The language of a locale such as `zh_CN.UTF-8`: Chinese, or English for all others.
 * @param {string | undefined} locale the value of `LANG`
 * @returns {'en' | 'zh'}
 */
export const languageOf = (locale) => (locale?.startsWith('zh') ? 'zh' : 'en');
