import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { decrypt, getSignature } from '@wecom/crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useSandbox } from '../../test/use-sandbox.js';

const TOKEN = 'sandboxPushToken';
const KEY = 'sandboxEncodingAESKeyOfTheFirstMiniProgramA';

describe('POST /sandbox/pushes', () => {
  const sandbox = useSandbox();
  const received: { query: URLSearchParams; body: string; type: string | undefined }[] = [];
  const service = createServer((request, response) => {
    let body = '';
    request
      .setEncoding('utf8')
      .on('data', (chunk: string) => (body += chunk))
      .on('end', () => {
        const query = new URL(request.url ?? '', 'http://x').searchParams;
        received.push({ query, body, type: request.headers['content-type'] });
        response.end('success');
      });
  });
  let serviceUrl = '';
  beforeAll(async () => {
    await once(service.listen(0, '127.0.0.1'), 'listening');
    serviceUrl = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  });
  afterAll(() => service.close());

  const push = async (body: object) => {
    received.length = 0;
    const { json } = await sandbox.send('POST', '/sandbox/pushes', { serviceUrl, ...body });
    return json['answers'];
  };
  const last = () => received.at(-1) ?? { query: new URLSearchParams(), body: '', type: '' };
  const encryptedIn = (body: string) =>
    /<Encrypt><!\[CDATA\[(.+)\]\]>|"Encrypt":"([^"]+)"/.exec(body)?.slice(1).find(Boolean) ?? '';

  it.each(['json', 'xml'])(
    'encrypts and signs %s so that another implementation reads it',
    async (format) => {
      expect(await push({ user: 'bob', revokeInfo: '8', format })).toMatchObject([
        { status: 200, body: 'success' },
      ]);
      const { query, body, type } = last();
      const [timestamp = '', nonce = ''] = ['timestamp', 'nonce'].map((name) => query.get(name) ?? '');
      const encrypted = encryptedIn(body);
      expect(query.get('msg_signature')).toBe(getSignature(TOKEN, timestamp, nonce, encrypted));
      expect(query.get('signature')).toBe(getSignature(TOKEN, timestamp, nonce, ''));
      const { message, id } = decrypt(KEY, encrypted);
      expect(id).toBe('wxsandbox000000001');
      expect(message).toMatch(/user_authorization_revoke/);
      expect(message).toMatch(format === 'json' ? /"RevokeInfo":"8"/ : /<RevokeInfo><!\[CDATA\[8\]\]>/);
      expect(body).not.toContain('user_authorization_revoke');
      expect(type).toBe(format === 'json' ? 'application/json' : 'text/xml');
    },
  );

  it('has open members in compatible mode, and only those in plain mode', async () => {
    await push({ mode: 'compatible' });
    expect(last().body).toMatch(/"Event":"user_authorization_revoke".*"Encrypt":/);
    await push({ mode: 'plain', members: { MsgType: 'text', Content: ']]>', MsgId: 7 }, format: 'xml' });
    expect(last().body).toMatch(
      /<Content><!\[CDATA\[\]\]\]\]><!\[CDATA\[>\]\]><\/Content><MsgId>7<\/MsgId><\/xml>$/,
    );
    expect(last().query.has('msg_signature')).toBe(false);
  });

  it('repeats a push with another signature each time', async () => {
    expect(await push({ times: 3 })).toHaveLength(3);
    expect(new Set(received.map(({ query }) => query.get('msg_signature'))).size).toBe(3);
  });

  it('breaks signature, key, time and appid on request', async () => {
    await push({ fault: 'signature' });
    const { query } = last();
    const [timestamp = '', nonce = ''] = ['timestamp', 'nonce'].map((name) => query.get(name) ?? '');
    expect(query.get('signature')).not.toBe(getSignature(TOKEN, timestamp, nonce, ''));
    await push({ fault: 'time' });
    expect(Date.now() / 1000 - Number(last().query.get('timestamp'))).toBeGreaterThan(3000);
    await push({ fault: 'appid' });
    expect(decrypt(KEY, encryptedIn(last().body)).id).toBe('wxunknown');
    await push({ fault: 'key' });
    expect(decrypt(KEY, encryptedIn(last().body)).id).not.toBe('wxsandbox000000001');
  });

  it('reports a service that does not answer, and sends nothing to other machines', async () => {
    const closed = createServer();
    await once(closed.listen(0, '127.0.0.1'), 'listening');
    const { port } = closed.address() as AddressInfo;
    await once(closed.close(), 'close');
    expect(await push({ serviceUrl: `http://127.0.0.1:${port}` })).toMatchObject([{ error: 'ECONNREFUSED' }]);
    for (const url of ['http://192.0.2.1:80', 'https://127.0.0.1:8000', 'http://127.0.0.1:80@192.0.2.1:80']) {
      const { status, json } = await sandbox.send('POST', '/sandbox/pushes', { serviceUrl: url });
      expect([status, json['error']]).toEqual([400, expect.stringContaining('body.serviceUrl must be')]);
    }
  });

  it('signs at the time of the sandbox’s clock, which the service follows', async () => {
    await sandbox.send('PUT', '/sandbox/clock', { aheadMs: 3_600_000 });
    await push({ mode: 'plain' });
    const { query, body } = last();
    const expected = Math.floor(Date.now() / 1000) + 3600;
    const createTime = /"CreateTime":(\d+)|<CreateTime>(\d+)/.exec(body)?.slice(1).find(Boolean);
    for (const seconds of [query.get('timestamp'), createTime])
      expect(Math.abs(Number(seconds) - expected)).toBeLessThan(30);
  });
});
