import { createSocket, type Socket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRefusedAddress } from '../../libs/webhooks/src/transport/refused-addresses.js';
import { WebhookTransport } from '../../libs/webhooks/src/transport/webhook-transport.js';

const REFUSED = [
  '0.0.0.0',
  '0.255.255.255',
  '10.0.0.1',
  '10.255.255.255',
  '100.64.0.0',
  '100.100.100.200',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.168.1.1',
  '198.18.0.1',
  '198.19.255.255',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  'fc00::1',
  'fd00::1',
  'fe80::1',
  'fe90::1',
  'fec0::1',
  'ff02::1',
  '::ffff:10.0.0.1',
  '::ffff:7f00:1',
  '::ffff:100.100.100.200',
  '64:ff9b::10.0.0.1',
  '64:ff9b::169.254.169.254',
  '64:ff9b::6464:64c8',
  '64:ff9b:1::1',
  '2002:a00:1::1',
  '2002:7f00:1::',
  '2001::1',
  'localhost',
  '',
];

const ALLOWED = [
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.1',
  '172.15.255.255',
  '172.32.0.0',
  '192.167.255.255',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2400:3200::1',
  '::ffff:1.1.1.1',
  '64:ff9b::1.1.1.1',
];

/** A name server on a real socket, whose answers a test sets. */
function useNameServer() {
  const addresses = new Map<string, string[]>();
  const asked: string[] = [];
  let socket: Socket;
  const resolver = new Resolver({ timeout: 1000, tries: 1 });

  beforeAll(async () => {
    socket = createSocket('udp4', (query, { port, address }) => {
      let name = '';
      let at = 12;
      for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
        name += `${name && '.'}${query.toString('latin1', at + 1, at + 1 + length)}`;
        at += 1 + length;
      }
      const question = query.subarray(12, at + 5);
      const isA = query.readUInt16BE(at + 1) === 1;
      const answers = isA ? (addresses.get(name) ?? []) : [];
      // With several sets, each question takes the next one.
      if (isA) asked.push(name);
      const header = Buffer.alloc(12);
      query.copy(header, 0, 0, 2);
      header.writeUInt16BE(addresses.has(name) ? 0x8180 : 0x8183, 2);
      header.writeUInt16BE(1, 4);
      header.writeUInt16BE(answers.length, 6);
      const records = answers.map((ip) =>
        Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...ip.split('.').map(Number)]),
      );
      socket.send(Buffer.concat([header, question, ...records]), port, address);
    });
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  });
  afterAll(() => {
    socket.close();
  });
  return { addresses, asked, resolver };
}

describe('the addresses of webhooks', () => {
  it.each(REFUSED)('refuse %s', (address) => {
    expect(isRefusedAddress(address)).toBe(true);
  });

  it.each(ALLOWED)('allow %s', (address) => {
    expect(isRefusedAddress(address)).toBe(false);
  });
});

describe('the transport of webhooks', () => {
  const names = useNameServer();
  let reached = 0;
  let server: Server;
  beforeAll(async () => {
    server = createServer((_, response) => {
      reached += 1;
      response.writeHead(302, { location: 'http://127.0.0.1/elsewhere' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const port = () => (server.address() as AddressInfo).port;
  const send = (transport: WebhookTransport, url: string) => transport.send(new URL(url), {}, '{}');

  it.each([
    ['http', (at: number) => `http://127.0.0.1:${at}/`, 'http_refused'],
    ['a literal address', (at: number) => `https://127.0.0.1:${at}/`, 'address_refused'],
    ['a literal address in hexadecimal', (at: number) => `https://0x7f.1:${at}/`, 'address_refused'],
    ['a literal address as one number', (at: number) => `https://2130706433:${at}/`, 'address_refused'],
    ['a mapped address', (at: number) => `https://[::ffff:127.0.0.1]:${at}/`, 'address_refused'],
    ['a NAT64 address', (at: number) => `https://[64:ff9b::7f00:1]:${at}/`, 'address_refused'],
    ['the metadata of a cloud', () => 'https://100.100.100.200/latest/', 'address_refused'],
    ['a name of this machine', (at: number) => `https://private.example:${at}/`, 'address_refused'],
    ['a name with a dot at its end', (at: number) => `https://private.example.:${at}/`, 'address_refused'],
    ['a name with one refused address', (at: number) => `https://mixed.example:${at}/`, 'address_refused'],
    ['an unknown name', () => 'https://unknown.example/', 'ENOTFOUND'],
  ])('refuses %s, and opens no connection', async (_, urlAt, reason) => {
    names.addresses.set('private.example', ['127.0.0.1']);
    names.addresses.set('mixed.example', ['1.1.1.1', '127.0.0.1']);
    const transport = new WebhookTransport([], names.resolver);
    const opened = await new Promise<number>((resolve) => {
      let count = 0;
      const counted = () => (count += 1);
      server.on('connection', counted);
      void send(transport, urlAt(port())).then((result) => {
        expect(result).toBe(reason);
        server.off('connection', counted);
        resolve(count);
      });
    });
    expect(opened).toBe(0);
    expect(await transport.objectionTo(new URL(urlAt(port())))).toBe(reason);
  });

  it('refuses a name that changes to a private address after it was accepted', async () => {
    const transport = new WebhookTransport([], names.resolver);
    const url = new URL(`https://changing.example:${port()}/`);
    names.addresses.set('changing.example', ['1.1.1.1']);
    expect(await transport.objectionTo(url)).toBeUndefined();
    names.addresses.set('changing.example', ['127.0.0.1']);
    names.asked.length = 0;
    expect(await send(transport, url.href)).toBe('address_refused');
    // The address that was checked is the one of the connection: there is no second question.
    expect(names.asked).toEqual(['changing.example']);
  });

  it('sends http to any address of an allowed host only, and follows no redirect', async () => {
    reached = 0;
    expect(await send(new WebhookTransport(['127.0.0.1']), `http://127.0.0.1:${port()}/`)).toBe('302');
    expect(await send(new WebhookTransport(['localhost']), `http://localhost:${port()}/`)).toBe('302');
    expect(await send(new WebhookTransport(['localhost']), `http://127.0.0.1:${port()}/`)).toBe(
      'http_refused',
    );
    expect(reached).toBe(2);
  });

  it('speaks TLS to an allowed host with https', async () => {
    const result = await send(new WebhookTransport(['127.0.0.1']), `https://127.0.0.1:${port()}/`);
    expect(result).toMatch(/^E/);
  });
});
