import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { afterAll } from 'vitest';

/** What a proxy sends its requests to: answers 200, holds those to /api/hold, and counts. Stopped after the tests of the file. */
export async function useUpstream() {
  const held: ServerResponse[] = [];
  const seen = { requests: 0, bodyBytes: 0 };
  const server = createServer((request, response) => {
    seen.requests += 1;
    request.on('data', (bytes: Buffer) => (seen.bodyBytes += bytes.length));
    request
      .on('error', () => undefined)
      .on('end', () => {
        if (request.url?.startsWith('/api/hold')) held.push(response);
        else response.end('ok');
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as { port: number };
  return {
    port,
    seen,
    held,
    /** Answers all that is held. */
    release(): void {
      for (const response of held.splice(0)) response.end('held');
    },
  };
}
