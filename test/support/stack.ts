import { randomBytes } from 'node:crypto';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { createApp } from '../../apps/api/src/create-app.js';
import { createSandbox } from '../../apps/sandbox/server/sandbox.js';
import { loadConfig } from '../../libs/config/src/index.js';
import { Users } from '../../libs/users/src/index.js';
import { useDatabase } from './database.js';
import { type Answer, type CallOptions, call } from './http.js';

/** Made for each run: a secret of the repository is public, and production refuses it. */
export const SECRET_KEY = randomBytes(48).toString('base64');

export interface LoginBody {
  access: string;
  refresh: string;
  user_id: string;
  is_new_user: boolean;
  expires_in: number;
  refresh_expires_in: number;
}

/** For crowds of logins: on a busy machine WeChat takes longer than five seconds to answer the last of them. */
export const PATIENT_WITH_WEIXIN = { WEIXIN_TIMEOUT_MS: '60000' };

/** The service and the sandbox on real sockets, for the tests of one file. The sandbox is reset before each test. */
export function useStack(env: NodeJS.ProcessEnv = {}) {
  const databaseUrl = useDatabase();
  const sandbox = createSandbox();
  const logs: string[] = [];
  let app: NestFastifyApplication;
  let url = '';
  let sandboxUrl = '';

  async function start() {
    const config = loadConfig({
      NODE_ENV: 'test',
      SECRET_KEY,
      DATABASE_URL: databaseUrl,
      WEIXIN_API_BASE_URL: sandboxUrl,
      // What counts where a test gives another first address.
      WEIXIN_API_FALLBACK_URL: sandboxUrl,
      LOG_LEVEL: 'trace',
      ...env,
    });
    app = await createApp(config, { write: (line) => logs.push(line) });
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  }

  const toSandbox = <Body = Record<string, unknown>>(method: string, path: string, json?: unknown) =>
    call<Body>(sandboxUrl + path, { method, json });

  beforeAll(async () => {
    sandboxUrl = await sandbox.listen({ host: '127.0.0.1', port: 0 });
    await start();
  });
  beforeEach(() => toSandbox('POST', '/sandbox/reset'));
  afterAll(async () => {
    await app.close();
    await sandbox.close();
  });

  const stack = {
    /** The `DATABASE_URL` of the service. */
    databaseUrl,
    /** Every log line of the service so far. */
    logs,
    get url() {
      return url;
    },
    /** The environment of another instance on the same database. */
    get env(): NodeJS.ProcessEnv {
      return {
        PORT: '0',
        SECRET_KEY,
        DATABASE_URL: databaseUrl,
        WEIXIN_API_BASE_URL: sandboxUrl,
        ...env,
      };
    },
    call: <Body = Record<string, unknown>>(path: string, options?: CallOptions) =>
      call<Body>(url + path, options),
    /** Stops the service and starts it anew on the same database. */
    async restart() {
      await app.close();
      await start();
    },
    /** What the operator's command line works with. */
    get users() {
      return app.get(Users, { strict: false });
    },
    /** One of the running service's own objects. */
    service: <T>(type: { readonly prototype: T }): T => app.get(type as Type<T>, { strict: false }),
    /** What `wx.login()` gives to a person. */
    async code(user = 'alice', appid?: string): Promise<string> {
      const answer = await toSandbox('POST', '/sandbox/codes', { user, ...(appid && { appid }) });
      return String(answer.body['code']);
    },
    login: <Body = LoginBody>(json: unknown): Promise<Answer<Body>> =>
      call<Body>(`${url}/api/weixin/login/`, { method: 'POST', json }),
    /** A login that must succeed. */
    async loggedIn(user?: string, appid?: string): Promise<LoginBody> {
      const code = await stack.code(user, appid);
      const { status, body } = await stack.login({ code, ...(appid && { appid }) });
      if (status !== 200) throw new Error(`the login of ${user ?? 'alice'} answered ${status}`);
      return body;
    },
    refresh: <Body = LoginBody>(refresh: string): Promise<Answer<Body>> =>
      call<Body>(`${url}/api/token/refresh/`, { json: { refresh } }),
    /** The status and the code of a guarded call. */
    async knock(token: string, base = url): Promise<[number, unknown]> {
      const answer = await call(`${base}/api/weixin/data/`, { token });
      return [answer.status, answer.body['code']];
    },
    /** Binds a mini-program to the Open Platform account or not: WeChat tells unionids or not. */
    bind: (appid: string, bound: boolean) => toSandbox('PUT', '/sandbox/apps', { appid, unbound: !bound }),
    /** WeChat answers once, whatever it says: the failures of several tests would add up to an open circuit. */
    async weixinAnswers(): Promise<void> {
      await stack.login({ code: 'none' });
      await toSandbox('POST', '/sandbox/reset');
    },
    /** Sets one fault on WeChat's exchange of login codes, or on another path of WeChat's. */
    breakWeixin: (kind: string, members: object = {}, path = '/sns/jscode2session') =>
      toSandbox('PUT', '/sandbox/faults', [{ path, kind, ...members }]),
    /** The sandbox itself, WeChat and phone alike. */
    sandbox: toSandbox,
    /** WeChat works again. */
    mendWeixin: () => toSandbox('DELETE', '/sandbox/faults'),
    /** How many exchanges of login codes, or calls of another path, reached WeChat since the last reset. */
    async exchanges(path = '/sns/jscode2session'): Promise<number> {
      return Number((await toSandbox('GET', '/sandbox/stats')).body[path]);
    },
  };
  return stack;
}
