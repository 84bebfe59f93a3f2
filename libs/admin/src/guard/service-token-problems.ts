import type { ProblemCode } from '@app/problem';

/** The problems of every route of the admin API, for its `@ApiProblems()`. */
export const SERVICE_TOKEN_PROBLEMS = [
  'token_missing',
  'token_invalid',
  'token_expired',
  'token_revoked',
  'operator_session_missing',
  'insufficient_scope',
  'origin_not_allowed',
  'host_not_allowed',
  'database_unavailable',
] as const satisfies readonly ProblemCode[];
