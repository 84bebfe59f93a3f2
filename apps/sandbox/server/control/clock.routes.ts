import type { FastifyInstance } from 'fastify';
import { integer, readMembers } from './members.js';
import { BadRequest } from './bad-request.js';
import type { Clock } from '../state/clock.js';

/** Far enough for every lifetime of a session. */
const MAX_AHEAD_MS = 10 * 365 * 86_400_000;
const MOVE = { aheadMs: integer(0, MAX_AHEAD_MS) };

/**
 * `GET /sandbox/clock` → `{aheadMs, followers}`; with `?known=` it answers when the clock differs from that.
 * `PUT /sandbox/clock` `{aheadMs}` moves it forward, never back.
 */
export function clockRoutes(app: FastifyInstance, clock: Clock): void {
  const state = () => ({ aheadMs: clock.aheadMs, followers: clock.followers });

  app.get('/sandbox/clock', async (request, reply) => {
    const { known } = request.query as { known?: string };
    if (known === undefined) return state();
    const gone = new AbortController();
    reply.raw.once('close', () => {
      gone.abort();
    });
    return { aheadMs: await clock.next(Number(known), gone.signal) };
  });

  app.put('/sandbox/clock', async (request) => {
    const { aheadMs } = readMembers(MOVE, request.body ?? {}, 'body');
    if (aheadMs < clock.aheadMs)
      throw new BadRequest(`the clock goes forward only: it is ${clock.aheadMs} ms ahead`);
    await clock.moveTo(aheadMs);
    return state();
  });
}
