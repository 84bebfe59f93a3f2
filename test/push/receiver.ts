import type { ServerResponse } from 'node:http';
import { type ReceivedRequest, useHttpReceiver } from '../support/http-receiver.js';

/** Answers a request of the service. */
export type Behaviour = (response: ServerResponse) => void;

/** Starts another back end, to which the service forwards pushes, for the tests of one file. */
export function useReceiver() {
  const received: ReceivedRequest[] = [];
  let behaviour: Behaviour = (response) => response.end('success');
  const receiver = useHttpReceiver((request, response) => {
    received.push(request);
    behaviour(response);
  });
  return {
    received,
    get url() {
      return receiver.url;
    },
    /** Sets the answers from now on. */
    answer: (next: Behaviour) => {
      behaviour = next;
    },
  };
}
