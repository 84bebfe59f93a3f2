import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { useStack } from '../support/stack.js';
import { startStopwatch } from '../support/stopwatch.js';

/** Sends one request on a connection that both sides keep open. */
function get(
  url: string,
  agent: Agent,
): Promise<{ status: number | undefined; connection: string | undefined }> {
  return new Promise((resolve, reject) => {
    request(url, { agent })
      .on('response', (response) => {
        response.resume().on('end', () => {
          resolve({ status: response.statusCode, connection: response.headers.connection });
        });
      })
      .on('error', reject)
      .end();
  });
}

describe('after SIGTERM, the service', () => {
  const stack = useStack();

  it('is not ready, and answers requests during SHUTDOWN_DELAY_SECONDS, each as the last of its connection', async () => {
    const instance = await Instance.start({ ...stack.env, SHUTDOWN_DELAY_SECONDS: '2' });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await get(`${instance.url}/health/ready`, agent)).toEqual({
      status: 200,
      connection: 'keep-alive',
    });
    const startedAt = performance.now();
    const ended = instance.stop('SIGTERM');
    await expect
      .poll(async () => (await call(`${instance.url}/health/ready`)).body['code'])
      .toBe('shutting_down');
    const login = await call(`${instance.url}/api/weixin/login/`, { json: { code: await stack.code() } });
    expect(login.status).toBe(200);
    expect(await get(`${instance.url}/health/live`, agent)).toEqual({ status: 200, connection: 'close' });
    expect(await ended).toBe(0);
    expect(performance.now() - startedAt).toBeGreaterThan(2000);
    agent.destroy();
  });

  it('answers every request that it has accepted under load', async () => {
    const { access } = await stack.loggedIn();
    const instance = await Instance.start({ ...stack.env, SHUTDOWN_DELAY_SECONDS: '1' });
    const outcomes = new Map<string, number>();
    let refusedAfterAll = 0;
    let stopped = false;
    const client = async () => {
      while (!stopped) {
        const outcome = await call(`${instance.url}/api/weixin/data/`, { token: access }).then(
          ({ status }) => String(status),
          (error: unknown) => String((error as { cause?: { code?: string } }).cause?.code),
        );
        // The port is closed, or the listener closed before it accepted or read the connection.
        if (['ECONNREFUSED', 'ECONNRESET', 'UND_ERR_SOCKET'].includes(outcome)) {
          refusedAfterAll += 1;
          return;
        }
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
    };
    const clients = Array.from({ length: 20 }, client);
    await sleep(500);
    const code = await instance.stop('SIGTERM');
    stopped = true;
    await Promise.all(clients);
    expect(code).toBe(0);
    expect([...outcomes.keys()]).toEqual(['200']);
    const taken = instance.output.match(/"route":"\/api\/weixin\/data/g)?.length;
    expect(taken, 'every accepted request is answered').toBe(outcomes.get('200'));
    expect(refusedAfterAll).toBeGreaterThan(0);
  });

  it('does not wait for a client that has sent nothing, or half a head', async () => {
    const instance = await Instance.start(stack.env);
    const { hostname, port } = new URL(instance.url);
    const sockets = ['', 'GET /health/live HTTP/1.1\r\nHost: x\r\n'].map((head) => {
      const socket = connect(Number(port), hostname).on('error', () => undefined);
      if (head) socket.write(head);
      return socket;
    });
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    await call(`${instance.url}/health/live`);
    const stopwatch = startStopwatch();
    expect(await instance.stop('SIGTERM')).toBe(0);
    expect(stopwatch()).toBeLessThan(3000);
    for (const socket of sockets) socket.destroy();
  });

  it('aborts a request that outlasts SHUTDOWN_TIMEOUT_SECONDS, logs it, and exits with 1', async () => {
    const instance = await Instance.start({ ...stack.env, SHUTDOWN_TIMEOUT_SECONDS: '1' });
    await stack.breakWeixin('hang');
    const login = call(`${instance.url}/api/weixin/login/`, { json: { code: await stack.code() } }).catch(
      () => 'cut off',
    );
    await expect.poll(() => stack.exchanges()).toBe(1);
    expect(await instance.stop('SIGTERM')).toBe(1);
    expect(await login).toBe('cut off');
    expect(instance.output).toContain('SHUTDOWN_TIMEOUT_SECONDS have passed');
  });

  it('answers a request in flight, and does not wait for idle connections', async () => {
    const instance = await Instance.start(stack.env);
    await stack.breakWeixin('delay', { ms: 1000 });
    const agent = new Agent({ keepAlive: true });
    const body = JSON.stringify({ code: await stack.code() });
    const status = new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': body.length };
      request(`${instance.url}/api/weixin/login/`, { method: 'POST', agent, headers })
        .on('response', (response) => {
          response.resume();
          resolve(response.statusCode);
        })
        .on('error', reject)
        .end(body);
    });
    await expect.poll(() => stack.exchanges()).toBe(1);
    const stopwatch = startStopwatch();
    expect(await instance.stop('SIGTERM')).toBe(0);
    expect(await status).toBe(200);
    expect(stopwatch()).toBeLessThan(5000);
    agent.destroy();
  });
});
