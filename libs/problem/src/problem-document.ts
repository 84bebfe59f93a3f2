import type { Problem } from './problem.js';
import { PROBLEMS, type ProblemCode } from './table/problems.js';

/** The body of an error, `application/problem+json` (RFC 9457), with the stable `code` in addition to the standard members. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail?: string;
  /** Identifies this occurrence; the log has the same id. */
  instance?: string;
  [member: string]: unknown;
}

/**
 * Returns the answer to a problem: status, headers and body.
 * @param requestId the id in the log: a UUID, or the id from a trusted proxy
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
      ...((status === 401 || code === 'insufficient_scope') && { 'www-authenticate': challenge(code) }),
      ...(options.allow !== undefined && { allow: options.allow.join(', ') }),
      ...(options.retryAfterSeconds !== undefined && { 'retry-after': String(options.retryAfterSeconds) }),
    },
    body: {
      type: `urn:weapp-passport:problem:${code}`,
      title: PROBLEMS[code].title.en,
      status,
      code,
      ...(options.detail !== undefined && { detail: options.detail }),
      ...(requestId !== undefined && { instance: instanceOf(requestId) }),
      ...options.members,
    },
  };
}

function instanceOf(requestId: string): string {
  const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(requestId);
  return `urn:${isUuid ? 'uuid' : 'weapp-passport:request'}:${requestId}`;
}

/** RFC 6750 section 3: the answer to a request without a token has only the scheme. */
function challenge(code: ProblemCode): string {
  const scheme = 'Bearer realm="weapp-passport"';
  if (code === 'insufficient_scope') return `${scheme}, error="insufficient_scope"`;
  if (!code.startsWith('token_') || code === 'token_missing') return scheme;
  return `${scheme}, error="invalid_token", error_description="${PROBLEMS[code].title.en}"`;
}
