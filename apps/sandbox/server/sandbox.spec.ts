import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { useSandbox } from '../test/use-sandbox.js';
import { createSandbox } from './sandbox.js';

const sandbox = useSandbox();

/** fetch() sets Host and Origin by itself, so these calls are made by hand. */
function statusWith(headers: Record<string, string>, path = '/sandbox/stats'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(sandbox.url(path), { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('who may call', () => {
  it.each(['127.0.0.1', '127.0.0.1:8001', 'localhost', 'localhost:8001', 'LOCALHOST', '[::1]', '[::1]:8001'])(
    'answers the host %s',
    async (host) => {
      expect(await statusWith({ host })).toBe(200);
    },
  );

  it.each([
    'evil.example',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '127.0.0.1@evil.example',
    '0.0.0.0',
  ])('refuses the host %j on both sides and on the page', async (host) => {
    expect(await statusWith({ host })).toBe(403);
    expect(await statusWith({ host }, '/sns/jscode2session')).toBe(403);
    expect(await statusWith({ host }, '/')).toBe(403);
  });

  it('refuses a call without a host', async () => {
    const socket = connect(Number(new URL(sandbox.url('/')).port), '127.0.0.1');
    socket.write('GET /sandbox/stats HTTP/1.0\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('refuses a page of another origin, and lets one of this machine in', async () => {
    expect(await statusWith({ origin: 'https://evil.example' })).toBe(403);
    expect(await statusWith({ origin: 'null' })).toBe(403);
    expect(await statusWith({ origin: 'http://localhost:8001' })).toBe(200);
  });

  it('refuses to be the image of a page elsewhere, and lets a link lead here', async () => {
    const from = (mode: string) => ({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': mode });
    expect(await statusWith(from('no-cors'))).toBe(403);
    expect(await statusWith(from('navigate'), '/')).toBe(200);
    expect(await statusWith({ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'no-cors' })).toBe(200);
  });

  it('sends no CORS headers', async () => {
    const { headers } = await fetch(sandbox.url('/sandbox/stats'), {
      headers: { origin: 'http://localhost:8001' },
    });
    expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });
});

describe('the page', () => {
  it('says that this is not WeChat and how to get a code here', async () => {
    const { contentType, text } = await sandbox.send('GET', '/');
    expect(contentType).toMatch(/^text\/html/);
    expect(text).toContain('This is not WeChat');
    expect(text).toContain(`curl -X POST ${sandbox.url('/sandbox/codes')}`);
  });
});

describe('stats and reset', () => {
  it('knows each path of WeChat before it is called', async () => {
    expect((await sandbox.send('GET', '/sandbox/stats')).json).toEqual({
      '/sns/jscode2session': 0,
      '/cgi-bin/stable_token': 0,
      '/cgi-bin/token': 0,
      '/wxa/business/getuserphonenumber': 0,
      '/wxa/checksession': 0,
      '/wxa/resetusersessionkey': 0,
      '/wxa/getuserriskrank': 0,
      '/wxa/msg_sec_check': 0,
    });
  });

  it('counts successes, refusals and faulted calls', async () => {
    await sandbox.code2Session(await sandbox.login());
    await sandbox.code2Session('nonsense');
    await sandbox.breakWith('empty');
    await sandbox.code2Session('nonsense');
    expect((await sandbox.send('GET', '/sandbox/stats')).json).toMatchObject({ '/sns/jscode2session': 3 });
  });

  it('forgets codes, faults and counts at a reset', async () => {
    const code = await sandbox.login();
    await sandbox.breakWith('status', { status: 500 });
    await sandbox.code2Session('nonsense');
    expect((await sandbox.send('POST', '/sandbox/reset')).status).toBe(200);
    expect((await sandbox.send('GET', '/sandbox/stats')).json).toEqual({
      '/sns/jscode2session': 0,
      '/cgi-bin/stable_token': 0,
      '/cgi-bin/token': 0,
      '/wxa/business/getuserphonenumber': 0,
      '/wxa/checksession': 0,
      '/wxa/resetusersessionkey': 0,
      '/wxa/getuserriskrank': 0,
      '/wxa/msg_sec_check': 0,
    });
    expect(await sandbox.code2Session(code)).toMatchObject({ status: 200, json: { errcode: 40029 } });
  });

  it('forgets the session_key at a reset', async () => {
    const signature = async () => (await sandbox.send('POST', '/sandbox/open-data')).json['signature'];
    const before = await signature();
    expect(await signature()).toBe(before);
    await sandbox.send('POST', '/sandbox/reset');
    expect(await signature()).not.toBe(before);
  });

  it('gives each sandbox a state of its own', async () => {
    const other = createSandbox();
    const code = await sandbox.login();
    const query = `appid=wxsandbox000000001&secret=sandbox-secret&js_code=${code}&grant_type=authorization_code`;
    const { payload } = await other.inject({
      url: `/sns/jscode2session?${query}`,
      headers: { host: 'localhost' },
    });
    expect(payload).toContain('40029');
    await other.close();
  });
});

it('answers 404 with JSON to a path that it does not have', async () => {
  const { status, json } = await sandbox.send('GET', '/sns/nothing?secret=x');
  expect(status).toBe(404);
  expect(json).toEqual({ error: 'the sandbox has no GET /sns/nothing' });
});
