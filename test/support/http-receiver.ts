import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll } from 'vitest';

/** A request that the service sent to another back end. */
export interface ReceivedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Starts another back end, to which the service sends requests, for the tests of one file. */
export function useHttpReceiver(onRequest: (received: ReceivedRequest, response: ServerResponse) => void) {
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const { url = '', method = '', headers } = request;
    onRequest({ url, method, headers, body: await text(request) }, response);
  };
  const server = createServer((request, response) => void listener(request, response));
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    get url() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    /** Closes all connections. */
    hangUp: () => {
      server.closeAllConnections();
    },
  };
}
