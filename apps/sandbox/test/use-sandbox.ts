import { afterAll, beforeAll, beforeEach } from 'vitest';
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
