import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';

describe('with MAX_CONNECTIONS, the service', () => {
  const stack = useStack({ MAX_CONNECTIONS: '3' });

  it('closes the connections beyond MAX_CONNECTIONS, with one warning, until others have ended', async () => {
    const { hostname, port } = new URL(stack.url);
    const open = async () => {
      const socket = connect(Number(port), hostname).on('error', () => undefined);
      await once(socket, 'connect');
      socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
      const answered = await Promise.race([
        once(socket, 'data').then(() => true),
        once(socket, 'close').then(() => false),
      ]);
      return { socket, answered };
    };
    const opened = [];
    for (let count = 0; count < 6; count += 1) opened.push(await open());
    expect(opened.map(({ answered }) => answered)).toEqual([true, true, true, false, false, false]);
    expect(stack.logs.filter((line) => line.includes('MAX_CONNECTIONS'))).toHaveLength(1);
    opened[0]?.socket.destroy();
    await expect.poll(async () => (await open()).answered).toBe(true);
    for (const { socket } of opened) socket.destroy();
  });
});
