import type { ServerResponse } from 'node:http';
import { useHttpReceiver } from '../support/http-receiver.js';

/** A message as a receiver got it. */
export interface Received {
  readonly headers: Record<string, string>;
  readonly body: string;
  /** The parsed body. */
  readonly event: { type: string; timestamp: string; data: Record<string, unknown> };
}

type Answer = (received: Received, response: ServerResponse) => void;

const accept: Answer = (_, response) => void response.writeHead(204).end();

/** Starts a receiver of webhooks on a real socket for the tests of one file. */
export function useReceiver() {
  const received: Received[] = [];
  let answer = accept;
  const receiver = useHttpReceiver(({ headers, body }, response) => {
    const event = JSON.parse(body) as Received['event'];
    const one = { headers: headers as Record<string, string>, body, event };
    received.push(one);
    answer(one, response);
  });
  return {
    received,
    get url() {
      return `${receiver.url}/hooks`;
    },
    /** The messages of a kind about a user. */
    of: (type: string, userId?: string) =>
      received.filter(
        ({ event }) => event.type === type && (userId === undefined || event.data['user_id'] === userId),
      ),
    /** Sets how the next messages are answered. Default: 204. */
    answers(next: Answer = accept) {
      answer = next;
    },
    hangUp: receiver.hangUp,
  };
}
