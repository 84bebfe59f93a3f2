import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { createSandbox } from '../server/sandbox.js';

/** What came back: the status, the content type, the body as text and, where it is JSON, as an object. */
export interface Answer {
  status: number;
  contentType: string | null;
  text: string;
  json: Record<string, unknown>;
}

/** The first app of the sandbox, as a back end is configured with it. */
export const FIRST_APP = { appid: 'wxsandbox000000001', secret: 'sandbox-secret' };
/** The second app, of the same Open Platform account. */
export const SECOND_APP = { appid: 'wxsandbox000000002', secret: 'sandbox-secret-2' };

/** A listening sandbox for the tests of one file, reset before each of them. */
export function useSandbox() {
  const sandbox = createSandbox();
  let baseUrl = '';

  beforeAll(async () => {
    baseUrl = await sandbox.listen({ host: '127.0.0.1', port: 0 });
  });
  beforeEach(async () => {
    await send('POST', '/sandbox/reset');
  });
  afterAll(() => sandbox.close());

  async function send(method: string, path: string, json?: unknown): Promise<Answer> {
    const body =
      json === undefined
        ? {}
        : { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } };
    return read(await fetch(baseUrl + path, { method, redirect: 'manual', ...body }));
  }

  return {
    url: (path: string) => baseUrl + path,
    send,
    /** What `wx.login()` gives. */
    async login(phone?: { appid?: string; user?: string }): Promise<string> {
      return String((await send('POST', '/sandbox/codes', phone)).json['code']);
    },
    /** `GET /sns/jscode2session` with everything right but what `query` says; an undefined parameter is left out. */
    code2Session: (js_code: string | undefined, query: Record<string, string | undefined> = {}) =>
      send('GET', code2SessionPath({ js_code, ...query })),
    /** `POST /cgi-bin/stable_token` with everything right but what `body` says. */
    stableToken: (body: Record<string, unknown> = {}) =>
      send('POST', '/cgi-bin/stable_token', { ...FIRST_APP, grant_type: 'client_credential', ...body }),
    /** The same without a socket, for thousands of calls. Resolves to nothing: look at the next one. */
    async countStableToken(): Promise<void> {
      const payload = { ...FIRST_APP, grant_type: 'client_credential' };
      await sandbox.inject({ method: 'POST', url: '/cgi-bin/stable_token', payload });
    },
    /** A living access token of an app. */
    async accessToken(app = FIRST_APP): Promise<string> {
      return String((await this.stableToken(app)).json['access_token']);
    },
    /** What a getPhoneNumber button gives. */
    async phoneCode(phone?: { appid?: string; user?: string; phone?: string }): Promise<string> {
      return String((await send('POST', '/sandbox/phone-codes', phone)).json['code']);
    },
    /** `POST /wxa/business/getuserphonenumber`. */
    getPhoneNumber: (access_token: string, code: unknown) =>
      send('POST', `/wxa/business/getuserphonenumber?access_token=${access_token}`, { code }),
    /** Logs a person in, and gives what the exchange of the code gave. */
    async session(user?: string, app = FIRST_APP): Promise<{ openid: string; session_key: string }> {
      const code = await this.login({ appid: app.appid, ...(user !== undefined && { user }) });
      return (await this.code2Session(code, app)).json as { openid: string; session_key: string };
    },
    /** A call of WeChat's side with a living access token of an app. */
    async withToken(method: string, path: string, json?: unknown, app = FIRST_APP): Promise<Answer> {
      const separator = path.includes('?') ? '&' : '?';
      return send(method, `${path}${separator}access_token=${await this.accessToken(app)}`, json);
    },
    /** Sets one fault on `GET /sns/jscode2session`. */
    breakWith: (kind: string, members: object = {}) =>
      send('PUT', '/sandbox/faults', [{ path: '/sns/jscode2session', kind, ...members }]),
  };
}

/** The path of an exchange by the first app, with `query` laid over its parameters. */
export function code2SessionPath(query: Record<string, string | undefined>): string {
  const all: typeof query = { ...FIRST_APP, grant_type: 'authorization_code', ...query };
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(all)) {
    if (value !== undefined) parameters.set(name, value);
  }
  return `/sns/jscode2session?${parameters.toString()}`;
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = {};
  }
  const contentType = response.headers.get('content-type');
  return { status: response.status, contentType, text, json: json as Record<string, unknown> };
}

/** What `send` gives for a refusal by a family of endpoints other than sns. */
export function refused(errcode: number, errmsg: string, family: 'cgi-bin' | 'wxa/business' = 'cgi-bin') {
  const hint = family === 'cgi-bin' ? '' : String.raw` hint: \[[\w.-]{16}\]`;
  const literal = errmsg.replace(/[.?*+^$[\]\\(){}|]/g, String.raw`\$&`);
  const pattern = new RegExp(`^${literal}${hint} rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$`);
  return {
    status: 200,
    contentType: 'application/json; charset=UTF-8',
    json: { errcode, errmsg: expect.stringMatching(pattern) as string },
  };
}
