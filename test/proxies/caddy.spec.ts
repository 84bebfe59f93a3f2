import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { text } from '../deploy/files.js';
import { useFolder } from '../support/folder.js';
import { freePort } from '../support/process.js';
import { Daemon, isMissing } from './daemon.js';
import { exchange, statuses } from './sockets.js';
import { useUpstream } from './upstream.js';

const IN_FLIGHT = 500;
const GET = 'GET /api/x HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n';

/** The shipped file for a free port without TLS, with one upstream, the one of this test. */
function caddyfile(port: number, upstream: number): string {
  const replaced: [RegExp, string][] = [
    [/\{\$CADDY_ADMIN:[^}]*\}/, 'off'],
    [/\{\$DOMAIN\}/, `http://127.0.0.1:${port}`],
    [/api-1:8000 api-2:8000/, `127.0.0.1:${upstream}`],
  ];
  return replaced.reduce((file, [from, to]) => {
    expect(file).toMatch(from);
    return file.replace(from, to);
  }, text('caddy/Caddyfile'));
}

describe.skipIf(isMissing('caddy'))('Caddy with the shipped file', async () => {
  const folder = useFolder();
  const upstream = await useUpstream();
  let daemon: Daemon | undefined;
  let port = 0;

  beforeAll(async () => {
    port = await freePort();
    const file = join(folder, 'Caddyfile');
    writeFileSync(file, caddyfile(port, upstream.port));
    const args = ['run', '--adapter', 'caddyfile', '--config', file];
    daemon = await Daemon.start('caddy', args, folder, port);
  });
  afterAll(() => daemon?.stop());

  it('sends an instance no more than 500 requests at the same time', async () => {
    const hold = GET.replace('/api/x', '/api/hold');
    const holding = Array.from({ length: IN_FLIGHT }, () => exchange(port, hold));
    await expect.poll(() => upstream.held.length, { timeout: 20_000 }).toBe(IN_FLIGHT);
    const { text: refused, ms } = await exchange(port, GET);
    expect(statuses(refused)).toEqual({ 503: 1 });
    expect(ms).toBeGreaterThan(4000);
    upstream.release();
    for (const { text: answer } of await Promise.all(holding)) expect(statuses(answer)).toEqual({ 200: 1 });
    expect(statuses((await exchange(port, GET)).text)).toEqual({ 200: 1 });
  });

  it('gives a client ten seconds for its head and twenty for the whole request', async () => {
    const [head, body] = await Promise.all([
      exchange(port, 'GET /api/x HTTP/1.1\r\nHost: x\r\nX-Slow: '),
      exchange(port, 'POST /api/x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 500\r\n\r\n{'),
    ]);
    expect(Math.abs(head.ms - 10_000)).toBeLessThan(3000);
    expect(Math.abs(body.ms - 20_000)).toBeLessThan(4000);
    expect(body.text).not.toMatch(/ok$/);
  });

  it('forwards no more of a body than the service accepts', async () => {
    const before = upstream.seen.bodyBytes;
    expect(statuses((await exchange(port, GET)).text)).toEqual({ 200: 1 });
    const large =
      'POST /api/x HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 900000\r\n\r\n';
    const { text: answer } = await exchange(port, large + 'x'.repeat(900_000));
    expect(answer).not.toMatch(/ok$/);
    expect(upstream.seen.bodyBytes - before).toBeLessThanOrEqual(512 * 1024);
  });

  it('refuses a head that is larger than the service accepts', async () => {
    const long = GET.replace('\r\n\r\n', `\r\nX-Long: ${'x'.repeat(30_000)}\r\n\r\n`);
    expect(statuses((await exchange(port, long)).text)).toEqual({ 431: 1 });
  });
});
