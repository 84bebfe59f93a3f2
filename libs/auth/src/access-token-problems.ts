import type { ProblemCode } from '@app/problem';

/** The problems of every guarded route, for its `@ApiProblems()`. */
export const ACCESS_TOKEN_PROBLEMS = [
  'token_missing',
  'token_invalid',
  'token_expired',
  'token_revoked',
  'user_disabled',
  'database_unavailable',
] as const satisfies readonly ProblemCode[];
