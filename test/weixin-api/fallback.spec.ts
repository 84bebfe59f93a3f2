import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/process.js';
import { useStack } from '../support/stack.js';
import { startStopwatch } from '../support/stopwatch.js';
import { authorizedCalls, REACHED } from './authorized-calls.js';

const TIMEOUT_MS = 3000;

/** A host that takes connections and never says a word: TLS with it never begins. */
class BlackHole {
  readonly connections = new Set<Socket>();
  private server?: Server;

  listen(port: number): Promise<void> {
    return new Promise((resolve) => {
      this.server = createServer((socket) => this.connections.add(socket)).listen(port, '127.0.0.1', resolve);
    });
  }

  close(): void {
    for (const socket of this.connections) socket.destroy();
    this.connections.clear();
    this.server?.close();
  }
}

const port = await freePort();

describe('a second address of WeChat', () => {
  const blackHole = new BlackHole();
  // The sandbox listens on the second address. The first refuses connections, or never accepts them.
  const stack = useStack({
    WEIXIN_API_BASE_URL: `https://127.0.0.1:${port}`,
    WEIXIN_TIMEOUT_MS: String(TIMEOUT_MS),
  });
  const { knock, calls } = authorizedCalls(stack);
  // A restart forgets which address was reached last.
  afterEach(() => stack.restart());

  it('serves logins and authorised calls when the first refuses connections', async () => {
    await stack.loggedIn();
    expect(await knock()).toEqual(REACHED);
    expect([await stack.exchanges(), await calls()]).toEqual([1, { fetches: 1, calls: 1 }]);
  });

  describe('when the first address never accepts connections', () => {
    beforeAll(() => blackHole.listen(port));
    afterAll(() => {
      blackHole.close();
    });

    it('serves logins within one deadline, and the first address is not tried each time', async () => {
      const stopwatch = startStopwatch();
      await stack.loggedIn();
      expect(stopwatch()).toBeLessThan(TIMEOUT_MS);
      await stack.loggedIn();
      await stack.loggedIn();
      expect(blackHole.connections.size).toBe(1);
      expect(await stack.exchanges()).toBe(3);
    });

    it('never receives a code twice, though it fails too', async () => {
      for (const [kind, members] of [
        ['reset', {}],
        ['status', { status: 500 }],
        ['hang', {}],
        ['errcode', { errcode: -1 }],
      ] as const) {
        const before = await stack.exchanges();
        await stack.breakWeixin(kind, members);
        expect((await stack.login({ code: 'any' })).status).toBeGreaterThan(499);
        expect(await stack.exchanges(), kind).toBe(before + 1);
      }
    });
  });
});
