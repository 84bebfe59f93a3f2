import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { rows } from '../support/rows.js';
import { type LoginBody, useStack } from '../support/stack.js';

const APPID = 'wxsandbox000000001';
const OPENID = 'oGZUI0egBJY1zhBYw2KhdUfwVJJE';
const GATEWAY = { 'x-wx-source': 'wx_client', 'x-wx-appid': APPID, 'x-wx-openid': OPENID };
const LOGIN = '/api/weixin/login/';

type Body = LoginBody & { code: string; errors: string[] };

describe('a login behind the gateway of WeChat Cloud Run', () => {
  const stack = useStack({ WEIXIN_CLOUD_RUN: 'true', RATE_LIMIT_LOGIN_PER_APP_PER_MINUTE: '40' });
  const login = (headers: Record<string, string>, json: object = {}) =>
    stack.call<Body>(LOGIN, { method: 'POST', json, headers });
  const identity = async (openid: string) =>
    (await rows(stack.databaseUrl, `SELECT * FROM weixin_identities WHERE openid = '${openid}'`))[0];

  it('needs no code and sends no request to WeChat', async () => {
    const first = await login(GATEWAY);
    expect([first.status, first.body]).toMatchObject([200, { code: 'success', is_new_user: true }]);
    expect(await stack.knock(first.body.access)).toEqual([200, 'Authenticated.']);
    expect((await stack.refresh(first.body.refresh)).status).toBe(200);
    const second = await login(GATEWAY, { appid: APPID, device: { id: 'phone-1' } });
    expect([second.body.user_id, second.body.is_new_user]).toEqual([first.body.user_id, false]);
    expect(await stack.exchanges()).toBe(0);
    expect(await identity(OPENID)).toMatchObject({ appid: APPID, session_key: null, session_key_at: 0 });
  });

  it('finds the same user as a login with a code, and does not change the session_key', async () => {
    const { body } = await stack.login({ code: await stack.code('alice') });
    const [known] = await rows<{ openid: string; session_key: string }>(
      stack.databaseUrl,
      `SELECT * FROM weixin_identities WHERE user_id = '${body.user_id}'`,
    );
    const openid = known?.openid ?? '';
    const again = await login({ ...GATEWAY, 'x-wx-openid': openid });
    expect([again.body.user_id, again.body.is_new_user]).toEqual([body.user_id, false]);
    expect(await identity(openid)).toEqual(known);
  });

  it('gets a session_key with the first code', async () => {
    const openid = 'oFirstByTheGatewayThenByCode';
    const first = await login({ ...GATEWAY, 'x-wx-openid': openid });
    await stack.breakWeixin('body', { body: { openid, session_key: 'HyVFkGl5F5OQWJZZaNzBBg==' } });
    const second = await stack.login({ code: 'any' });
    expect(second.body.user_id).toBe(first.body.user_id);
    expect(await identity(openid)).toMatchObject({ session_key: expect.stringMatching(/^v1\./) as string });
  });

  it('stores the unionid, also if a later login brings it', async () => {
    const openid = 'oWhoseUnionidComesLate000000';
    const unionid = 'oUnionThatComesLate000000000';
    await login({ ...GATEWAY, 'x-wx-openid': openid });
    await login({ ...GATEWAY, 'x-wx-openid': openid, 'x-wx-unionid': unionid });
    await login({ ...GATEWAY, 'x-wx-openid': openid });
    expect(await identity(openid)).toMatchObject({ unionid });
  });

  it('finds the user of another served app that shares the environment', async () => {
    const headers = {
      'x-wx-source': 'wx_client',
      'x-wx-appid': APPID,
      'x-wx-from-appid': 'wxsandbox000000002',
      'x-wx-from-openid': 'oOfTheSharingApp000000000000',
    };
    expect((await login(headers)).status).toBe(200);
    expect(await identity('oOfTheSharingApp000000000000')).toMatchObject({ appid: 'wxsandbox000000002' });
  });

  it('with a code logs in by that code and ignores the identity headers', async () => {
    const { body } = await login(GATEWAY, { code: await stack.code('mallory') });
    expect(body.user_id).toBe((await stack.loggedIn('mallory')).user_id);
    const wrong = await login(GATEWAY, { code: 'wrong' });
    expect([wrong.status, wrong.body.code]).toEqual([401, 'login_code_invalid']);
  });

  it('is refused for a mini-program that this service does not serve', async () => {
    const answer = await login({ ...GATEWAY, 'x-wx-appid': 'wx0000000000000000' });
    expect([answer.status, answer.body.code]).toEqual([400, 'app_unknown']);
  });

  it.each<[string, Record<string, string>, object]>([
    ['without any of the headers', {}, {}],
    ['without X-WX-SOURCE', { 'x-wx-appid': APPID, 'x-wx-openid': OPENID }, {}],
    ['with a malformed openid', { ...GATEWAY, 'x-wx-openid': `${OPENID}'--` }, {}],
    ['with an appid of the body that is another one', GATEWAY, { appid: 'wxsandbox000000002' }],
    ['with an openid in the body', GATEWAY, { openid: OPENID }],
    ['with null as code', GATEWAY, { code: null }],
    ['with an empty code', GATEWAY, { code: '' }],
  ])('is refused %s, and stores nothing', async (_, headers, json) => {
    const before = await rows(stack.databaseUrl, 'SELECT id FROM sessions');
    const answer = await login(headers, json);
    expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed']);
    expect(answer.body.errors.length).toBeGreaterThan(0);
    expect(await rows(stack.databaseUrl, 'SELECT id FROM sessions')).toEqual(before);
  });

  it('is refused with a repeated header or with a line end in a header', async () => {
    for (const lines of [
      [`X-WX-OPENID: ${OPENID}`, 'x-wx-openid: oSomebodyElse'],
      [`X-WX-OPENID: ${OPENID}`, `X-WX-OPENID: ${OPENID}`],
      [`X-WX-OPENID: ${OPENID}\r\n folded`],
      [`X-WX-OPENID: ${OPENID}\rX-WX-UNIONID: x`],
      [`X-WX-OPENID: ${OPENID}\nX-WX-OPENID: oSomebodyElse`],
      [`X-WX-OPENID : ${OPENID}`],
    ]) {
      const answer = await raw(stack.url, ['X-WX-SOURCE: wx_client', `X-WX-APPID: ${APPID}`, ...lines]);
      expect(answer, lines.join()).toMatch(/^HTTP\/1\.1 400 /);
    }
    const good = await raw(stack.url, [
      'X-WX-SOURCE: wx_client',
      `X-WX-APPID: ${APPID}`,
      `X-WX-OPENID: ${OPENID}`,
    ]);
    expect(good).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('is refused with 431 if it has more headers than Node reads', async () => {
    const own = [`X-WX-OPENID: oOfTheAttacker00000000000000`];
    const padding = Array.from({ length: 2100 }, (_, index) => `a${index}: x`);
    const gateway = ['X-WX-SOURCE: wx_client', `X-WX-APPID: ${APPID}`];
    const answer = await raw(stack.url, [...gateway, ...own, ...padding, `X-WX-OPENID: ${OPENID}`]);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer).toContain('"code":"headers_too_large"');
  });

  it('counts against the limit of its app', async () => {
    let status = 200;
    for (let count = 0; count < 40 && status === 200; count += 1) ({ status } = await login(GATEWAY));
    expect((await login(GATEWAY)).body.code).toBe('rate_limited');
  });

  it('causes a warning at the start', () => {
    const warnings = stack.logs.filter((line) => line.includes('WEIXIN_CLOUD_RUN is true'));
    expect(warnings).toHaveLength(1);
  });
});

describe('the headers of the gateway without WEIXIN_CLOUD_RUN', () => {
  const stack = useStack();

  it('are refused instead of a code', async () => {
    const answer = await stack.call(LOGIN, { method: 'POST', json: {}, headers: GATEWAY });
    expect([answer.status, answer.body['code']]).toEqual([400, 'validation_failed']);
    expect(await rows(stack.databaseUrl, 'SELECT id FROM users')).toEqual([]);
  });

  it('are ignored at every route, with and without a token', async () => {
    const { access } = await stack.loggedIn('victim');
    const [victim] = await rows<{ openid: string }>(
      stack.databaseUrl,
      'SELECT openid FROM weixin_identities',
    );
    const forged = { ...GATEWAY, 'x-wx-openid': victim?.openid ?? '', 'x-wx-unionid': 'oAny' };
    const { paths } = (await stack.call<{ paths: Record<string, object> }>('/docs-json')).body;
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({
        path: path.replace('{id}', '00000000-0000-0000-0000-000000000000'),
        method: method.toUpperCase(),
      })),
    );
    expect(routes.length).toBeGreaterThan(10);
    for (const { path, method } of routes) {
      for (const token of [undefined, access]) {
        const json = method === 'POST' || method === 'PUT' ? {} : undefined;
        const ask = async (headers: Record<string, string>) => {
          const { status, body } = await stack.call(path, { method, token, json, headers });
          return { status, code: body['code'] };
        };
        expect(await ask(forged), `${method} ${path}`).toEqual(await ask({}));
      }
    }
  });

  it('cause no warning', () => {
    expect(stack.logs.join('')).not.toContain('WEIXIN_CLOUD_RUN');
  });
});

/** Sends a login without a code, with exactly these header lines. */
function raw(url: string, lines: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let text = '';
    const head = ['POST /api/weixin/login/ HTTP/1.1', 'Host: x', 'Content-Type: application/json', ...lines];
    const socket = connect(Number(port), hostname)
      .setEncoding('utf8')
      .on('data', (chunk: string) => (text += chunk))
      .on('close', () => {
        resolve(text);
      })
      .on('error', reject);
    socket.write(`${[...head, 'Content-Length: 2', 'Connection: close'].join('\r\n')}\r\n\r\n{}`);
  });
}
