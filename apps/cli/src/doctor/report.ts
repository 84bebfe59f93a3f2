import type { Finding, Words } from './diagnosis.js';
import type { Result } from './doctor.js';

/** `LANG` decides. */
export type Language = keyof Words;

const STATES = {
  ok: { en: 'ok', zh: '正常' },
  problem: { en: 'PROBLEM', zh: '问题' },
  hint: { en: 'hint', zh: '提示' },
  unchecked: { en: 'not checked', zh: '未检查' },
  unused: { en: 'not used', zh: '未使用' },
} as const satisfies Record<string, Words>;

const WORDS = {
  cause: { en: 'Cause', zh: '原因' },
  fix: { en: 'Fix', zh: '解决' },
  well: { en: 'Nothing is wrong.', zh: '一切正常。' },
} as const satisfies Record<string, Words>;

const FOUND: Readonly<Record<Language, (count: number) => string>> = {
  en: (count) => `${count} ${count === 1 ? 'problem' : 'problems'} found.`,
  zh: (count) => `发现 ${count} 个问题。`,
};

/** The language of a locale such as `zh_CN.UTF-8`: Chinese, or English for all others. */
export const languageOf = (locale: string | undefined): Language => (locale?.startsWith('zh') ? 'zh' : 'en');

/** How many findings are problems and not hints. */
export function countProblems(results: readonly Result[]): number {
  return results
    .flatMap(({ findings }) => (typeof findings === 'string' ? [] : findings))
    .filter(({ diagnosis }) => !diagnosis.isHint).length;
}

/** The results as an operator reads them: a line for each check, and cause and fix of each finding below. */
export function renderReport(results: readonly Result[], language: Language): string {
  const lines = results.flatMap(({ title, findings }) => [
    `[${STATES[stateOf(findings)][language]}] ${title[language]}`,
    ...(typeof findings === 'string' ? [] : describeAll(findings, language)),
  ]);
  const problems = countProblems(results);
  return [...lines, '', problems === 0 ? WORDS.well[language] : FOUND[language](problems)].join('\n');
}

function stateOf(findings: Result['findings']): keyof typeof STATES {
  if (typeof findings === 'string') return findings;
  if (findings.length === 0) return 'ok';
  return findings.every(({ diagnosis }) => diagnosis.isHint) ? 'hint' : 'problem';
}

/** Cause and fix once where one thing was found several times in a row. */
function describeAll(findings: readonly Finding[], language: Language): string[] {
  const colon = language === 'zh' ? '：' : ': ';
  return findings.flatMap(({ diagnosis: { title, cause, fix }, about }, index) => {
    const found = `    ${title[language]}${about === undefined ? '' : `${colon}${about}`}`;
    if (findings[index + 1]?.diagnosis.cause === cause) return [found];
    return [
      found,
      `      ${WORDS.cause[language]}${colon}${plain(cause[language])}`,
      `      ${WORDS.fix[language]}${colon}${plain(fix[language])}`,
    ];
  });
}

/** Without the backticks of Markdown. */
const plain = (text: string) => text.replaceAll('`', '');
