// An imitation of WeChat that answers immediately: the service is what is measured. A child process that ends with the bench.
import { randomBytes } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { openidOf } from './requests.js';

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://wechat');
  const code = searchParams.get('js_code');
  if (pathname === '/sns/jscode2session' && code !== null) void exchange(code, response);
  else response.writeHead(404).end();
});

/** A code is `u<N>-<nonce>`, then `-<ms>ms` for an answer that takes so long. The same N is the same person. */
async function exchange(code: string, response: ServerResponse): Promise<void> {
  const [, person = code, delayMs] = /^u(\d+)-[^-]+(?:-(\d+)ms)?$/.exec(code) ?? [];
  if (delayMs) await sleep(Number(delayMs));
  const body = JSON.stringify({ session_key: randomBytes(16).toString('base64'), openid: openidOf(person) });
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': body.length }).end(body);
}

server.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as { port: number }).port);
});
process.on('disconnect', () => process.exit());
