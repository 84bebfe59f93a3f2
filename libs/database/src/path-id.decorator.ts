import { Param, type PipeTransform } from '@nestjs/common';
import { Problem, type ProblemCode } from '@app/problem';
import { isId } from './new-id.js';

/** Refuses a path parameter that is not the id of a row, before any database sees it. */
class PathIdPipe implements PipeTransform<unknown, string> {
  constructor(private readonly notFound: ProblemCode) {}

  /**
   * Returns the id.
   * @throws {Problem} the code for a row that does not exist
   */
  transform(value: unknown): string {
    if (typeof value === 'string' && isId(value)) return value;
    throw new Problem(this.notFound);
  }
}

/**
 * Binds a path parameter that is the id of a row: `@PathId('session_not_found') id: string`.
 * Databases disagree on other text: PostgreSQL fails on NUL, MariaDB ignores trailing spaces.
 * @param notFound the problem for a malformed id; the same as for an unknown one
 * @param name the parameter in the path of the route
 */
export const PathId = (notFound: ProblemCode, name = 'id'): ParameterDecorator =>
  Param(name, new PathIdPipe(notFound));
