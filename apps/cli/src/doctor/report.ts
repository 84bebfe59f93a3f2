import type { Words } from '@app/common';
import { type CheckState, countProblems, type Finding, listOf, type Result, stateOf } from '@app/doctor';
import type { Translate } from '../program/translate.js';

const STATES = {
  ok: { en: 'ok', zh: '正常' },
  problem: { en: 'PROBLEM', zh: '问题' },
  hint: { en: 'hint', zh: '提示' },
  unchecked: { en: 'not checked', zh: '未检查' },
  unused: { en: 'not used', zh: '未使用' },
} as const satisfies Record<CheckState, Words>;

const CAUSE = { en: '      Cause: {text}', zh: '      原因：{text}' };
const FIX = { en: '      Fix: {text}', zh: '      解决：{text}' };
const ABOUT = { en: '{title}: {about}', zh: '{title}：{about}' };
const NO_FINDINGS = { en: 'Nothing is wrong.', zh: '一切正常。' };
const FOUND = { en: 'Problems found: {count}.', zh: '发现 {count} 个问题。' };

/** Returns the results for people: a line for each check, and cause and fix of each finding below. */
export function textReport(results: readonly Result[], t: Translate): string {
  const lines = results.flatMap(({ title, findings }) => [
    `[${t(STATES[stateOf(findings)])}] ${t(title)}`,
    ...describe(listOf(findings), t),
  ]);
  const count = countProblems(results);
  return [...lines, '', t(count === 0 ? NO_FINDINGS : FOUND, { count })].join('\n');
}

/** Cause and fix appear once if consecutive findings share them. */
const describe = (findings: readonly Finding[], t: Translate) =>
  findings.flatMap(({ diagnosis: { title, cause, fix }, about }, index) => [
    `    ${about === undefined ? t(title) : t(ABOUT, { title: t(title), about })}`,
    ...(findings[index + 1]?.diagnosis.cause === cause
      ? []
      : [t(CAUSE, { text: t(cause) }), t(FIX, { text: t(fix) })]),
  ]);
