import type { FastifyReply } from 'fastify';
import type { Problem } from './problem.js';

const answered = new WeakMap<FastifyReply, Problem>();

/** Remembers the problem that a reply renders, for the log line of its request. */
export function rememberProblem(reply: FastifyReply, problem: Problem): void {
  answered.set(reply, problem);
}

/** Returns the problem that a reply has rendered. */
export const answeredProblem = (reply: FastifyReply): Problem | undefined => answered.get(reply);
