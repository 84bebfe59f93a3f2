import type { Words } from '../language.js';
import type { Values } from './translate.js';

/** One way in which a command fails. In each language a line for what is wrong and a line for the fix. */
export interface ErrorSpec extends Words {
  /** Stable, snake_case: scripts read it. */
  readonly code: string;
  /** 2 if the command was not understood; 3 and more as `exitCodes` of the command has it. Default: 1. */
  readonly exitCode?: 2 | 3;
}

/** A failure that the operator can fix. */
export class CliError extends Error {
  /** @param values of the placeholders in the texts; never a secret or a phone number */
  constructor(
    readonly spec: ErrorSpec,
    readonly values: Values = {},
  ) {
    super(spec.code);
  }
}
