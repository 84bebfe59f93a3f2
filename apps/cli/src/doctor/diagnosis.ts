/** What an operator reads, in both languages. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** What can be wrong with an installation: one row of the doctor's table, and of `docs/errors.md`. */
export interface Diagnosis {
  readonly title: Words;
  readonly cause: Words;
  readonly fix: Words;
  /** Worth knowing, and nothing to be mended in any case: the command ends well. */
  readonly isHint?: true;
}

/** A diagnosis as it was made here. */
export interface Finding {
  readonly diagnosis: Diagnosis;
  /** What it is about, the same in every language: an app, a variable, an address, a number. Never a secret. */
  readonly about?: string;
}

/** `unchecked`: what the check needs is missing, and another check says why. `unused`: this installation does not use it. */
export type Findings = readonly Finding[] | 'unchecked' | 'unused';

/** One thing the doctor looks at. */
export interface Check<Evidence> {
  readonly title: Words;
  /** @returns an empty list if all is well */
  run(evidence: Evidence): Promise<Findings> | Findings;
}
