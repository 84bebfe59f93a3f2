import type { Words } from '@app/common';
import { DIAGNOSES } from './diagnoses.js';
import type { Finding, Findings } from './diagnosis.js';
import type { Result } from './run-checks.js';

/** Returns a text in the language of the reader. */
type Translate = (words: Words) => string;

/** `unchecked`: what the check needs is missing. `unused`: not used in this installation. */
export type CheckState = 'ok' | 'problem' | 'hint' | 'unchecked' | 'unused';

/** An errcode has a cause and a fix of its own; the title is that of the diagnosis. */
const CODES = new Map(Object.entries(DIAGNOSES).map(([code, { title }]) => [title, code]));

/** Returns the findings of a check that ran. */
export const listOf = (findings: Findings): readonly Finding[] =>
  typeof findings === 'string' ? [] : findings;

/** Returns how many findings are problems and not hints. */
export const countProblems = (results: readonly Result[]): number =>
  results.flatMap(({ findings }) => listOf(findings)).filter(({ diagnosis }) => !diagnosis.isHint).length;

/** Returns a finding for scripts. */
export const findingReport = ({ diagnosis, about }: Finding, t: Translate) => {
  const { title, cause, fix, isHint = false } = diagnosis;
  return {
    code: CODES.get(title),
    is_hint: isHint,
    title: t(title),
    about: about ?? null,
    cause: t(cause),
    fix: t(fix),
  };
};

/** Returns the results for scripts. */
export const jsonReport = (results: readonly Result[], t: Translate) =>
  results.map(({ name, title, findings }) => ({
    name,
    title: t(title),
    state: stateOf(findings),
    findings: listOf(findings).map((finding) => findingReport(finding, t)),
  }));

/** Returns the state of a check. */
export function stateOf(findings: Findings): CheckState {
  if (typeof findings === 'string') return findings;
  if (findings.length === 0) return 'ok';
  return findings.every(({ diagnosis }) => diagnosis.isHint) ? 'hint' : 'problem';
}
