// An imitation of WeChat that answers at once: the service is what is measured. Runs as a child of the benchmark.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { openidOf } from './people.mjs';

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://wechat');
  const code = searchParams.get('js_code');
  if (pathname === '/sns/jscode2session' && code !== null) void exchange(code, response);
  else response.writeHead(404).end();
});

/**
 * A code is `u<N>-<nonce>`, with `-<ms>ms` behind it for an answer that takes so long. The same N is the same person.
 * @param {string} code
 * @param {import('node:http').ServerResponse} response
 */
async function exchange(code, response) {
  const [, person = code, delayMs] = /^u(\d+)-[^-]+(?:-(\d+)ms)?$/.exec(code) ?? [];
  if (delayMs) await sleep(Number(delayMs));
  const body = JSON.stringify({ session_key: randomBytes(16).toString('base64'), openid: openidOf(person) });
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': body.length }).end(body);
}

server.listen(0, '127.0.0.1', () => {
  process.send?.(/** @type {import('node:net').AddressInfo} */ (server.address()).port);
});
// However the benchmark ends, this ends with it.
process.on('disconnect', () => process.exit());
