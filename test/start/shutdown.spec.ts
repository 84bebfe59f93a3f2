import { Agent, request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { Instance } from '../support/instance.js';
import { useStack } from '../support/stack.js';
import { startStopwatch } from '../support/stopwatch.js';

describe('SIGTERM', () => {
  const stack = useStack();

  it('lets a request in flight finish and waits for no idle connection', async () => {
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
