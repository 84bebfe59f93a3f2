import { createServer, type RequestListener, request } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

/**
 * A reverse proxy that leaves its trace as most do.
 * @param tls the certificates it sends and their key, as PEM; it speaks plain HTTP without them
 */
export async function startProxy(
  target: string,
  tls?: { cert: string; key: string },
): Promise<{ url: string; stop: () => void }> {
  const forward: RequestListener = (incoming, outgoing) => {
    const { method, headers } = incoming;
    const call = request(new URL(incoming.url ?? '/', target), { ...(method && { method }), headers });
    call.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, server: 'nginx', via: '1.1 front' });
      answer.pipe(outgoing);
    });
    incoming.pipe(call);
  };
  const server = tls ? createTlsServer(tls, forward) : createServer(forward);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
