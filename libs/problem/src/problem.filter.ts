import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { rememberProblem } from './answered-problems.js';
import { renderProblem } from './problem-document.js';
import { problemOf } from './problem-of.js';
import { reportUnexpected } from './report-unexpected.js';

/** Answers every error of the application as a problem document, and logs unexpected errors. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemOf(error);
    reportUnexpected(this.logger, error, problem, request.id);
    rememberProblem(reply, { code: problem.code, userId: problem.options.userId });
    const { status, headers, body } = renderProblem(problem, request.id);
    // Sent as bytes, because Fastify would append a charset to a text, and application/problem+json has none.
    void reply
      .status(status)
      .headers(headers)
      .send(Buffer.from(reply.serialize(body) as string));
  }
}
