import type { Logger } from '@nestjs/common';
import { isMissingSchema } from './missing-schema.js';
import type { Problem } from './problem.js';

const MISSING_SCHEMA_HINT =
  ' (an entity has no migration, or the migration did not run on this database: see CONTRIBUTING.md)';

/**
 * Logs an error that no code of this service has thrown on purpose. Logs name, message and stack only, because a driver's
 * error also contains the parameters of the statement.
 * @param problem what the error is answered as; refusals are not logged here
 */
export function reportUnexpected(logger: Logger, error: unknown, problem: Problem, requestId: string): void {
  if (problem === error || problem.status < 500) return;
  const { name, message, stack } =
    error instanceof Error ? error : new Error('a value that is no Error was thrown');
  const hint = isMissingSchema(error) ? MISSING_SCHEMA_HINT : '';
  logger.error({ msg: `${name}: ${message}${hint}`, request_id: requestId }, stack);
}
