import { Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Problem, problemOf, rememberProblem, renderProblem, reportUnexpected } from '@app/problem';

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
export type OAuthErrorCode =
  'invalid_client' | 'invalid_request' | 'invalid_scope' | 'unsupported_grant_type';

/** An error of `/oauth/*`, in the shape of RFC 6749 instead of a problem document. */
export class OAuthError extends Error {
  /** @param message ASCII without quotes and backslashes; holds nothing of the request */
  constructor(
    readonly code: OAuthErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'OAuthError';
  }
}

const logger = new Logger('OAuth');

/** Answers any error of `/oauth/*`, logs unexpected ones, and leaves the code for the log line of the request. */
export function sendOAuthError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (!(error instanceof OAuthError)) reportUnexpected(logger, error, problemOf(error), request.id);
  const { status, headers, body } = renderOAuthError(error);
  rememberProblem(reply, { code: body.error });
  void reply.status(status).headers(headers).send(body);
}

function renderOAuthError(error: unknown): {
  status: number;
  headers: Record<string, string>;
  body: { error: string; error_description: string };
} {
  if (error instanceof OAuthError) {
    const isClient = error.code === 'invalid_client';
    return {
      status: isClient ? 401 : 400,
      headers: isClient ? { 'www-authenticate': 'Basic realm="weapp-passport"' } : {},
      body: { error: error.code, error_description: error.message },
    };
  }
  const problem = problemOf(error);
  const retryAfter = renderProblem(problem).headers['retry-after'];
  return {
    status: problem.status,
    headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
    body: { error: codeOf(problem), error_description: problem.code },
  };
}

/** The first two are of RFC 6749 section 4.1.2.1: section 5.2 has no words for them. */
function codeOf({ status }: Problem): string {
  if (status === 429 || status === 503) return 'temporarily_unavailable';
  return status >= 500 ? 'server_error' : 'invalid_request';
}
