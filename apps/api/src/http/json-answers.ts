import type { FastifyInstance } from 'fastify';
import { escapeLineEnds } from '../line-ends.js';

/**
 * Escapes the line ends that JSON allows in a string in every answer that is made of an object: nicknames, open data, and
 * the problems that quote a request. Documents are stored escaped and go out as text.
 */
export function escapeLineEndsInAnswers(fastify: FastifyInstance): void {
  fastify.setReplySerializer((payload) => escapeLineEnds(JSON.stringify(payload)));
}
