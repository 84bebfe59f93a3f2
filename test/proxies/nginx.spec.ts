import { writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem, renderProblem } from '../../libs/problem/src/index.js';
import { text } from '../deploy/files.js';
import { useFolder } from '../support/folder.js';
import { freePort } from '../support/process.js';
import { Daemon, isMissing } from './daemon.js';
import { nginxArguments, nginxFile } from './nginx.js';
import { exchange, statuses } from './sockets.js';
import { useUpstream } from './upstream.js';

const BURST = 500;
const PER_SECOND = 50;
const IN_FLIGHT = 100;

/** The shipped file on free ports, without TLS, and with the upstream of this test. */
function siteFile(ports: [number, number], upstream: number): string {
  const replaced: [RegExp, string][] = [
    [/listen \[::\].*\n/g, '\n'],
    [/ssl_certificate.*\n/g, '\n'],
    [/listen 80;/, `listen 127.0.0.1:${ports[0]};`],
    [/listen 443 ssl;/, `listen 127.0.0.1:${ports[1]};`],
    [/server 127\.0\.0\.1:8002.*\n/, '\n'],
    [/127\.0\.0\.1:8000/, `127.0.0.1:${upstream}`],
  ];
  return replaced.reduce((file, [from, to]) => {
    expect(file).toMatch(from);
    return file.replace(from, to);
  }, text('nginx/weapp-passport.conf'));
}

describe.skipIf(isMissing('nginx'))('nginx with the shipped file', async () => {
  const folder = useFolder();
  const upstream = await useUpstream();
  let daemon: Daemon | undefined;
  let port = 0;

  beforeAll(async () => {
    const ports: [number, number] = [await freePort(), await freePort()];
    port = ports[1];
    writeFileSync(join(folder, 'site.conf'), siteFile(ports, upstream.port));
    // A test has one address: this header says which one nginx sees.
    const http = `set_real_ip_from 127.0.0.1; real_ip_header X-Seen-As; include ${folder}/site.conf;`;
    const file = join(folder, 'nginx.conf');
    writeFileSync(file, nginxFile(folder, http));
    daemon = await Daemon.start('nginx', nginxArguments(file), folder, port);
  });
  afterAll(() => daemon?.stop());

  const request = (path: string, seenAs: string, last = true) =>
    `GET ${path} HTTP/1.1\r\nHost: login.example.com\r\nX-Seen-As: ${seenAs}\r\n` +
    `${last ? 'Connection: close\r\n' : ''}\r\n`;
  const send = async (seenAs: string, times = 1) => {
    const all = request('/api/x', seenAs, false).repeat(times - 1) + request('/api/x', seenAs);
    const { text: answers, ms } = await exchange(port, all);
    return { answers, ms, counts: statuses(answers) };
  };

  it.each([
    ['198.51.100.1', ['198.51.100.1'], '198.51.100.2'],
    ['2001:db8:1:2:3::1', ['2001:db8:1:2:3::1', '2001:db8:1:2::9'], '2001:db8:1:3::9'],
    ['2001:db8::1', ['2001:db8::1', '2001:db8::ffff:1'], '2001:db9::1'],
  ])(
    'refuses a flood of %s and of the addresses it has, and of no other client',
    async (from, same, other) => {
      const { counts, ms } = await send(from, 900);
      expect(counts['200']).toBeGreaterThanOrEqual(BURST);
      expect(counts['200']).toBeLessThanOrEqual(BURST + 2 + (PER_SECOND * ms) / 1000);
      expect((counts['200'] ?? 0) + (counts['429'] ?? 0)).toBe(900);
      expect(counts['429']).toBeGreaterThan(0);
      for (const address of same)
        expect((await send(address, 200)).counts['429'], address).toBeGreaterThan(0);
      expect((await send(other, 200)).counts).toEqual({ 200: 200 });
    },
  );

  it('refuses with the same problem and Retry-After as the service', async () => {
    const { answers } = await send('198.51.100.3', 900);
    const [, head = '', body] = /HTTP\/1\.1 429 [^]*?\r\n([^]*?)\r\n\r\n(\{[^]*?\})/.exec(answers) ?? [];
    expect(JSON.parse(body ?? '')).toEqual(renderProblem(new Problem('rate_limited')).body);
    const lines = head.split('\r\n');
    for (const line of [
      'Content-Type: application/problem+json',
      'Retry-After: 1',
      'Cache-Control: no-store',
    ])
      expect(lines).toContain(line);
  });

  it('accepts no more than a hundred requests of a client at the same time', async () => {
    const from = '198.51.100.4';
    const holding = Array.from({ length: IN_FLIGHT }, () => exchange(port, request('/api/hold', from)));
    await expect.poll(() => upstream.held.length, { timeout: 20_000 }).toBe(IN_FLIGHT);
    expect((await send(from)).counts).toEqual({ 429: 1 });
    expect((await send('198.51.100.5')).counts).toEqual({ 200: 1 });
    upstream.release();
    for (const { text: answer } of await Promise.all(holding)) expect(statuses(answer)).toEqual({ 200: 1 });
    expect((await send(from)).counts).toEqual({ 200: 1 });
  });

  it('gives a client ten seconds for its head, and forwards no partial request', async () => {
    const before = upstream.seen.requests;
    const drip = (socket: Socket) => {
      const timer = setInterval(() => socket.write('x'), 1000);
      socket.once('close', () => {
        clearInterval(timer);
      });
    };
    const [head, body] = await Promise.all([
      exchange(port, 'GET /api/x HTTP/1.1\r\nHost: x\r\nX-Slow: ', drip),
      exchange(port, 'POST /api/x HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{'),
    ]);
    for (const { ms } of [head, body]) {
      expect(ms).toBeGreaterThan(9000);
      expect(ms).toBeLessThan(15_000);
    }
    expect(upstream.seen.requests).toBe(before);
  });

  it('refuses a body and a head that are larger than the service accepts', async () => {
    const before = upstream.seen.requests;
    const large = 'POST /api/x HTTP/1.1\r\nHost: x\r\nContent-Length: 600000\r\n\r\n';
    expect(statuses((await exchange(port, large)).text)).toEqual({ 413: 1 });
    const long = `GET /api/x HTTP/1.1\r\nHost: x\r\n${`X-Long: ${'x'.repeat(7000)}\r\n`.repeat(3)}\r\n`;
    expect(statuses((await exchange(port, long)).text)).toEqual({ 400: 1 });
    expect(upstream.seen.requests).toBe(before);
  });
});
