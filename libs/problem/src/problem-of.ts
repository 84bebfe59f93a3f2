import { HttpException } from '@nestjs/common';
import { Problem } from './problem.js';
import type { ProblemCode } from './table/problems.js';

/** The problems for error codes of Fastify, Node and the database drivers. */
const FOREIGN_CODES: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'validation_failed',
  FST_ERR_BAD_URL: 'not_found',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
  SQLITE_BUSY: 'database_unavailable',
  SQLITE_LOCKED: 'database_unavailable',
  SQLITE_CANTOPEN: 'database_unavailable',
  SQLITE_CORRUPT: 'database_unavailable',
  SQLITE_FULL: 'database_unavailable',
  SQLITE_IOERR: 'database_unavailable',
  SQLITE_MISUSE: 'database_unavailable',
  SQLITE_NOTADB: 'database_unavailable',
  SQLITE_READONLY: 'database_unavailable',
  // Deadlocks that remain after all retries.
  '40001': 'database_unavailable',
  '40P01': 'database_unavailable',
  ER_LOCK_DEADLOCK: 'database_unavailable',
  ER_CHECKREAD: 'database_unavailable',
};

const FOREIGN_STATUSES: Readonly<Record<number, ProblemCode>> = {
  403: 'not_found', // a path outside the served folder
  404: 'not_found',
  405: 'not_found',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
};

const DATABASE_RETRY_AFTER_SECONDS = 5;

/** Returns the problem of a thrown value; `internal_error` for an unexpected one. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const code = foreignCode(error) ?? 'internal_error';
  return new Problem(
    code,
    code === 'database_unavailable' ? { retryAfterSeconds: DATABASE_RETRY_AFTER_SECONDS } : {},
  );
}

const isRefusal = (status: number) => status >= 400 && status < 500;

function foreignCode(error: unknown): ProblemCode | undefined {
  if (!(error instanceof Error)) return undefined;
  // TypeORM wraps the error of the driver.
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  const byCode = FOREIGN_CODES[String(driverError?.code ?? code)];
  const status =
    error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown }).statusCode;
  return (
    byCode ??
    FOREIGN_STATUSES[Number(status)] ??
    (isRefusal(Number(status)) ? 'validation_failed' : undefined)
  );
}
