import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ModuleMetadata, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { createSandbox } from '../../apps/sandbox/server/sandbox.js';
import { UsersService } from '../../libs/users/src/index.js';
import { useDatabase } from './database.js';
import { useFolder } from './folder.js';
import { type Answer, type CallOptions, call } from './http.js';
import { startService } from './service.js';

/** Generated for each run: a secret in the repository is public, and production refuses it. */
export const SECRET_KEY = randomBytes(48).toString('base64');

export interface LoginBody {
  access: string;
  refresh: string;
  user_id: string;
  is_new_user: boolean;
  expires_in: number;
  refresh_expires_in: number;
}

/** For many logins in parallel: on a busy machine the sandbox takes longer than five seconds to answer the last one. */
export const PATIENT_WITH_WEIXIN = { WEIXIN_TIMEOUT_MS: '60000' };

/** Starts the service and the sandbox on real sockets for the tests of one file. Resets the sandbox before each test. */
export function useStack(env: NodeJS.ProcessEnv = {}, features: NonNullable<ModuleMetadata['imports']> = []) {
  const databaseUrl = useDatabase();
  const ledger = join(useFolder(), 'deletions.jsonl');
  const sandbox = createSandbox();
  const logs: string[] = [];
  let app: NestFastifyApplication;
  let url = '';
  let sandboxUrl = '';

  async function start() {
    const defaults = {
      NODE_ENV: 'test',
      SECRET_KEY,
      DATABASE_URL: databaseUrl,
      DELETION_LEDGER: ledger,
      WEIXIN_API_BASE_URL: sandboxUrl,
      // For the tests that replace the first address.
      WEIXIN_API_FALLBACK_URL: sandboxUrl,
      LOG_LEVEL: 'trace',
    };
    const logLines = { write: (line: string) => logs.push(line) };
    ({ app, url } = await startService({ ...defaults, ...env }, { features, logs: logLines }));
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
        DELETION_LEDGER: ledger,
        WEIXIN_API_BASE_URL: sandboxUrl,
        ...env,
      };
    },
    call: <Body = Record<string, unknown>>(path: string, options?: CallOptions) =>
      call<Body>(url + path, options),
    /** Stops the service and starts it again on the same database. */
    async restart() {
      await app.close();
      await start();
    },
    /** The users service, for what the operator's command line does. */
    get users() {
      return app.get(UsersService, { strict: false });
    },
    /** Returns a provider of the running service. */
    service: <T>(type: { readonly prototype: T }): T => app.get(type as Type<T>, { strict: false }),
    /** Returns a login code, as `wx.login()` does for a person. */
    async code(user = 'alice', appid?: string): Promise<string> {
      const answer = await toSandbox('POST', '/sandbox/codes', { user, ...(appid && { appid }) });
      return String(answer.body['code']);
    },
    login: <Body = LoginBody>(json: unknown): Promise<Answer<Body>> =>
      call<Body>(`${url}/api/weixin/login/`, { method: 'POST', json }),
    /** Logs a person in; fails if the login fails. */
    async loggedIn(user?: string, appid?: string): Promise<LoginBody> {
      const code = await stack.code(user, appid);
      const { status, body } = await stack.login({ code, ...(appid && { appid }) });
      if (status !== 200) throw new Error(`the login of ${user ?? 'alice'} answered ${status}`);
      return body;
    },
    refresh: <Body = LoginBody>(refresh: string): Promise<Answer<Body>> =>
      call<Body>(`${url}/api/token/refresh/`, { json: { refresh } }),
    /** Sends a request to a guarded route, and returns the status and the code. */
    async knock(token: string, base = url): Promise<[number, unknown]> {
      const answer = await call(`${base}/api/weixin/data/`, { token });
      return [answer.status, answer.body['code']];
    },
    /** Binds a mini-program to the Open Platform account, or unbinds it: WeChat returns unionids only if it is bound. */
    bind: (appid: string, bound: boolean) => toSandbox('PUT', '/sandbox/apps', { appid, unbound: !bound }),
    /** Resets the circuit breaker by one answer of WeChat: the failures of several tests would add up and open it. */
    async weixinAnswers(): Promise<void> {
      await stack.login({ code: 'none' });
      await toSandbox('POST', '/sandbox/reset');
    },
    /** Sets one fault on WeChat's exchange of login codes, or on another path of WeChat's. */
    breakWeixin: (kind: string, members: object = {}, path = '/sns/jscode2session') =>
      toSandbox('PUT', '/sandbox/faults', [{ path, kind, ...members }]),
    /** Sends a request to the sandbox, which imitates WeChat and the phone. */
    sandbox: toSandbox,
    /** Removes every fault of WeChat. */
    fixWeixin: () => toSandbox('DELETE', '/sandbox/faults'),
    /** Returns how many exchanges of login codes, or calls of another path, reached WeChat since the last reset. */
    async exchanges(path = '/sns/jscode2session'): Promise<number> {
      return Number((await toSandbox('GET', '/sandbox/stats')).body[path]);
    },
  };
  return stack;
}
