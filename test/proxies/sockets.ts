import { connect, type Socket } from 'node:net';

/** What came back on a connection that the other side, or this, has closed. */
export interface Exchange {
  readonly text: string;
  readonly ms: number;
}

/** Opens a connection, sends this, and waits for its end. @param then what to do with the connection after that */
export function exchange(port: number, bytes: string, then?: (socket: Socket) => void): Promise<Exchange> {
  const began = performance.now();
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1')
      .setEncoding('utf8')
      .on('data', (part: string) => (text += part))
      .on('error', () => undefined)
      .on('close', () => {
        resolve({ text, ms: performance.now() - began });
      });
    socket.write(bytes);
    then?.(socket);
  });
}

/** The statuses of the answers in a text, and how often each. */
export function statuses(text: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [, status = ''] of text.matchAll(/HTTP\/1\.1 (\d{3})/g))
    counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
