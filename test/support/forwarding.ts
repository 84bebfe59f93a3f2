import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Runs a task while a port of 127.0.0.1 leads to a service, as an address behind a proxy does. */
export async function forwarding<T>(port: number, url: string, task: () => Promise<T>): Promise<T> {
  const open = new Set<Socket>();
  const server = createServer((near) => {
    open.add(near);
    const far = connect(Number(new URL(url).port), '127.0.0.1');
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    near.on('close', () => open.delete(near));
    far.on('error', () => near.destroy());
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  try {
    return await task();
  } finally {
    server.close();
    // A client would send its next request on a connection that it has.
    for (const socket of open) socket.destroy();
  }
}
