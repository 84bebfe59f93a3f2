import type { Words } from '@app/common';

/** A possible fault of an installation: one entry of docs/errors.md. */
export interface Diagnosis {
  readonly title: Words;
  readonly cause: Words;
  readonly fix: Words;
  /** Whether it is a hint and no problem; the exit code stays 0. */
  readonly isHint?: true;
}

/** A diagnosis made for this installation. */
export interface Finding {
  readonly diagnosis: Diagnosis;
  /** An app, a variable, an address or a number, the same in both languages. Never a secret. */
  readonly about?: string;
}

/** `unchecked`: what the check needs is missing, and another check names the cause. `unused`: not used here. */
export type Findings = readonly Finding[] | 'unchecked' | 'unused';

/** A check of the doctor. */
export interface Check<DoctorContext> {
  readonly title: Words;
  /** Returns an empty list if nothing is wrong. */
  run(context: DoctorContext): Promise<Findings> | Findings;
}
