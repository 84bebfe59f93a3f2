import { createServer, request } from 'node:http';

/** A reverse proxy that leaves its trace as most do. */
export async function startProxy(target: string): Promise<{ url: string; stop: () => void }> {
  const server = createServer((incoming, outgoing) => {
    const { method, headers } = incoming;
    const call = request(new URL(incoming.url ?? '/', target), { ...(method && { method }), headers });
    call.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, server: 'nginx', via: '1.1 front' });
      answer.pipe(outgoing);
    });
    incoming.pipe(call);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
