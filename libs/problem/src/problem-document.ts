import type { Problem } from './problem.js';
import { PROBLEMS, type ProblemCode } from './table/problems.js';

/** The body of an error, `application/problem+json` (RFC 9457), with the stable `code` beside the standard members. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail?: string;
  /** Names this one occurrence; the log has the same id. */
  instance?: string;
  [member: string]: unknown;
}

/**
 * The answer to a problem: status, headers and body.
 * @param requestId a UUID, also found in the log
 */
export function renderProblem(
  problem: Problem,
  requestId?: string,
): { status: number; headers: Record<string, string>; body: ProblemDocument } {
  const { code, status, options } = problem;
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...(status === 401 && { 'www-authenticate': challenge(code) }),
      ...(options.retryAfterSeconds !== undefined && { 'retry-after': String(options.retryAfterSeconds) }),
    },
    body: {
      type: `urn:weapp-passport:problem:${code}`,
      title: PROBLEMS[code].title,
      status,
      code,
      ...(options.detail !== undefined && { detail: options.detail }),
      ...(requestId !== undefined && { instance: `urn:uuid:${requestId}` }),
      ...options.members,
    },
  };
}

/** RFC 6750 section 3: a request without any token is told only the scheme. */
function challenge(code: ProblemCode): string {
  const scheme = 'Bearer realm="weapp-passport"';
  if (!code.startsWith('token_') || code === 'token_missing') return scheme;
  return `${scheme}, error="invalid_token", error_description="${PROBLEMS[code].title}"`;
}
