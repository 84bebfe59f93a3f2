/** @typedef {'en' | 'zh'} Language */

/** @typedef {{ readonly en: string, readonly zh: string }} Words A text in both languages. */

/**
 * Returns the language of a terminal: Chinese if the locale begins with `zh`, else English.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {Language}
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html the order of the variables
 */
export function languageOf({ LC_ALL, LC_MESSAGES, LANG }) {
  return (LC_ALL || LC_MESSAGES || LANG || '').startsWith('zh') ? 'zh' : 'en';
}
