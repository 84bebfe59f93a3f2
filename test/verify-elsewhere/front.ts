import { createServer, request } from 'node:http';
import { afterAll } from 'vitest';

const PATH = '/login';

/**
 * A reverse proxy that serves the service below a path, as many do. Its address is known before the service starts, so it
 * can be the issuer.
 */
export async function useFront(): Promise<{ url: string; forwardTo(origin: string): void }> {
  let target = '';
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url = '' } = incoming;
    if (!url.startsWith(`${PATH}/`)) {
      outgoing.writeHead(404).end();
      return;
    }
    const forwarded = request(target + url.slice(PATH.length), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.writeHead(502).end());
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}${PATH}`,
    forwardTo(origin) {
      target = origin;
    },
  };
}
