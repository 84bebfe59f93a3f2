import type { FastifyInstance } from 'fastify';
import type { Suggest } from '../state/risky-words.js';
import type { SandboxState } from '../state/state.js';
import { listOf, oneOf, readMembers, text, withDefault } from './members.js';

const RISKY_WORDS = {
  words: listOf(text(1, 100), 1000),
  suggest: withDefault(oneOf<Suggest>(['risky', 'review']), 'risky'),
};

/** `PUT /sandbox/risky-words` `{words, suggest?}` replaces the list of the content check and answers it. */
export function riskyWordsRoutes(app: FastifyInstance, state: SandboxState): void {
  app.put('/sandbox/risky-words', (request, reply) => {
    const { words, suggest } = readMembers(RISKY_WORDS, request.body, 'body');
    state.riskyWords.replace(words, suggest);
    return reply.send({ words, suggest });
  });
}
