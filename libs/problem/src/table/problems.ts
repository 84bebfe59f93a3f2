import { ACCOUNT_PROBLEMS } from './account-problems.js';
import { IDENTITY_PROBLEMS } from './identity-problems.js';
import { LOGIN_PROBLEMS } from './login-problems.js';
import { OPERATOR_PROBLEMS } from './operator-problems.js';
import type { ProblemMember, ProblemSpec } from './problem-spec.js';
import { PUSH_PROBLEMS } from './push-problems.js';
import { REQUEST_PROBLEMS } from './request-problems.js';
import { SERVICE_PROBLEMS } from './service-problems.js';
import { TOKEN_PROBLEMS } from './token-problems.js';
import { WEBHOOK_PROBLEMS } from './webhook-problems.js';

/**
 * Every code this service answers with. A code never changes its meaning.
 * `docs/errors.md` and the error examples of the OpenAPI document are generated from this table.
 */
export const PROBLEMS = {
  ...REQUEST_PROBLEMS,
  ...LOGIN_PROBLEMS,
  ...IDENTITY_PROBLEMS,
  ...PUSH_PROBLEMS,
  ...ACCOUNT_PROBLEMS,
  ...TOKEN_PROBLEMS,
  ...WEBHOOK_PROBLEMS,
  ...OPERATOR_PROBLEMS,
  ...SERVICE_PROBLEMS,
};

/** A stable code of {@link PROBLEMS}. */
export type ProblemCode = keyof typeof PROBLEMS;

/** The members that every occurrence of a code has beside the standard ones, by their name on the wire. */
export const membersOf = (code: ProblemCode): Readonly<Record<string, ProblemMember>> =>
  (PROBLEMS[code] as ProblemSpec).members ?? {};
