import type { FastifyReply } from 'fastify';

/** What the log line of a refused request has of its error. */
export interface AnsweredProblem {
  /** The `code` of the problem, or the `error` of OAuth. */
  readonly code: string;
  /** The user whom it concerns, if the request does not name one. */
  readonly userId?: string | undefined;
}

const answered = new WeakMap<FastifyReply, AnsweredProblem>();

/** Remembers the error that a reply renders, for the log line of its request. */
export function rememberProblem(reply: FastifyReply, problem: AnsweredProblem): void {
  answered.set(reply, problem);
}

/** Returns the error that a reply has rendered. */
export const answeredProblem = (reply: FastifyReply): AnsweredProblem | undefined => answered.get(reply);
