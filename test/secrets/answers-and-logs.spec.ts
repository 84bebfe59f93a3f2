import { describe, expect, it } from 'vitest';
import { execute } from '../support/rows.js';
import { useStack } from '../support/stack.js';

describe('every answer', () => {
  const stack = useStack();

  it('has no cookie, no name of software and no CORS header', async () => {
    const { access } = await stack.loggedIn();
    const headers = { origin: 'https://attacker.example' };
    const answers = [
      await stack.call('/api/weixin/data/', { token: access, headers }),
      await stack.call('/api/weixin/data/', { headers }),
      await stack.call('/api/weixin/login/', { json: { code: 'wrong' }, headers }),
      await stack.call('/nothing', { headers }),
      await stack.call('/api/weixin/login/', { method: 'OPTIONS', headers }),
    ];
    for (const answer of answers) {
      const names = [...answer.headers.keys()];
      expect(names).not.toContain('set-cookie');
      expect(names).not.toContain('x-powered-by');
      expect(names).not.toContain('server');
      expect(names.filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('has Cache-Control: no-store, except the public keys', async () => {
    const { access } = await stack.loggedIn();
    for (const answer of [
      await stack.login({ code: await stack.code() }),
      await stack.login({ code: 'wrong' }),
      await stack.call('/api/weixin/data/', { token: access }),
    ]) {
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    const keys = await stack.call('/.well-known/jwks.json');
    expect(keys.headers.get('cache-control')).toBe('public, max-age=300');
  });

  it('escapes U+2028 and U+2029 in a nickname, in open data and in a problem that quotes the request', async () => {
    const name = 'a\u2028b\u2029c';
    const { access: token, user_id: userId } = await stack.loggedIn();
    await execute(stack.databaseUrl, `UPDATE users SET nickname = '${name}' WHERE id = '${userId}'`);
    const { body: given } = await stack.sandbox<object>('POST', '/sandbox/open-data', {
      user: 'alice',
      data: { nickName: name },
    });
    const { encryptedData, iv } = given as { encryptedData: string; iv: string };
    const profile = await stack.call('/api/me', { token });
    const openData = await stack.call('/api/weixin/open-data', { token, json: { encryptedData, iv } });
    const refused = await stack.call('/api/me', { method: 'PUT', token, json: { [name]: 1 } });
    expect([profile.body['nickname'], openData.body['nickName'], refused.status]).toEqual([name, name, 400]);
    for (const { text } of [profile, openData, refused]) {
      expect(text).toContain('a\\u2028b\\u2029c');
      expect(text).not.toMatch(/[\u2028\u2029]/);
    }
  });

  it('with an error has the instance that the log line has', async () => {
    const { body } = await stack.call<{ instance: string }>('/api/weixin/data/');
    const id = /^urn:uuid:([0-9a-f-]{36})$/.exec(body.instance)?.[1] ?? 'none';
    await expect.poll(() => stack.logs.join('')).toContain(id);
  });
});

describe('the log', () => {
  const stack = useStack();

  it('has one JSON object per line for any client input', async () => {
    const nasty = 'a\u001b[31m\u2028b\u0085{"level":60}';
    const { access } = await stack.loggedIn();
    await stack.call('/api/weixin/login/', {
      json: { code: await stack.code() },
      headers: { 'user-agent': Buffer.from('a\u2028b\u0085c').toString('latin1') },
    });
    await stack.login({ code: 'x\r\n{"level":60,"msg":"forged"}' });
    await stack.breakWeixin('errcode', { errcode: -1, errmsg: `busy\r\n${nasty}` });
    await stack.login({ code: 'x' });
    expect(stack.logs.join('')).toContain('busy\\r\\n');
    await stack.call('/api/weixin/data/', { token: access, json: { items: [nasty] } });
    await stack.call('/nothing/%0a%7b%22level%22:60%7d');
    const lines = stack.logs.join('').split('\n').slice(0, -1);
    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines) {
      const entry = JSON.parse(line) as Record<string, unknown>;
      expect(entry['level']).not.toBe(60);
      // eslint-disable-next-line no-control-regex -- control characters must not be here
      expect(line).not.toMatch(/[\u0000-\u001f\u0085\u2028\u2029]/);
    }
  });

  it('has one line per request: route, status and duration, no address and no query', async () => {
    stack.logs.length = 0;
    await stack.call('/api/weixin/data/?access_token=private');
    await expect.poll(() => stack.logs.join('')).toContain('"msg":"request"');
    expect(stack.logs).toHaveLength(1);
    expect(JSON.parse(stack.logs[0] ?? '')).toEqual({
      level: 30,
      time: expect.any(Number) as number,
      msg: 'request',
      request_id: expect.any(String) as string,
      method: 'GET',
      route: '/api/weixin/data',
      status: 401,
      code: 'token_missing',
      duration_ms: expect.any(Number) as number,
    });
  });
});
