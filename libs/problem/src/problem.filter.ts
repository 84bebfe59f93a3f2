import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { rememberProblem } from './answered-problems.js';
import { isMissingSchema } from './missing-schema.js';
import { renderProblem } from './problem-document.js';
import { problemOf } from './problem-of.js';

const MISSING_SCHEMA_HINT =
  ' (an entity has no migration, or the migration did not run on this database: see CONTRIBUTING.md)';

/** Answers every error of the application as a problem document, and logs the ones the operator must know. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem !== error && problem.status >= 500) this.report(error, request.id);
    rememberProblem(reply, problem);
    const { status, headers, body } = renderProblem(problem, request.id);
    // As bytes: to text Fastify would append a charset, which application/problem+json does not have.
    void reply
      .status(status)
      .headers(headers)
      .send(Buffer.from(reply.serialize(body) as string));
  }

  /** Name, message and stack only: a driver's error also holds the parameters of the statement. */
  private report(error: unknown, requestId: string): void {
    const { name, message, stack } =
      error instanceof Error ? error : new Error('a value that is no Error was thrown');
    const hint = isMissingSchema(error) ? MISSING_SCHEMA_HINT : '';
    this.logger.error({ msg: `${name}: ${message}${hint}`, request_id: requestId }, stack);
  }
}
