import { vi } from 'vitest';
import type { Errcode } from '../../apps/sandbox/server/state/errcodes.js';
import type { WeixinEndpoint } from '../../apps/sandbox/server/weixin/endpoint.js';
import { sessionSignature } from '../../apps/sandbox/server/weixin/signature.js';
import { type Answer, FIRST_APP, SECOND_APP, type useSandbox } from '../../apps/sandbox/test/use-sandbox.js';

type Sandbox = ReturnType<typeof useSandbox>;
/** Calls that are wrong in one way each, by the errcode that they get. */
type Mistakes = Partial<Record<Errcode, () => Promise<Answer>>>;
type Values = Record<string, unknown>;

const HOUR_MS = 3600_000;
const SCENE = 9;

/** Returns the mistakes that a caller can make with an endpoint. The clock must be a fake one. */
export function mistakesOf(sandbox: Sandbox, endpoint: WeixinEndpoint): Mistakes {
  const { method, path, needsAccessToken } = endpoint;
  const body = method === 'POST' ? {} : undefined;
  const withToken = (token: string) => sandbox.send(method, `${path}?access_token=${token}`, body);
  return {
    [method === 'GET' ? 43001 : 43002]: () => sandbox.send(method === 'GET' ? 'POST' : 'GET', path),
    ...(method === 'POST' && {
      44002: async () => sandbox.send('POST', `${path}?access_token=${await sandbox.accessToken()}`),
      47001: async () => sandbox.send('POST', `${path}?access_token=${await sandbox.accessToken()}`, []),
    }),
    ...(needsAccessToken && {
      40001: () => withToken(`89_${'x'.repeat(134)}`),
      40014: () => withToken('nonsense'),
      41001: () => withToken(''),
      42001: async () => {
        const token = await sandbox.accessToken();
        vi.advanceTimersByTime(2 * HOUR_MS);
        return withToken(token);
      },
    }),
    ...OWN[path]?.(sandbox),
  };
}

const OWN: Readonly<Record<string, (sandbox: Sandbox) => Mistakes>> = {
  '/sns/jscode2session': (sandbox) => ({
    ...credentialMistakes(sandbox, async (values) =>
      sandbox.code2Session(await sandbox.login(), values as Record<string, string>),
    ),
    40029: () => sandbox.code2Session('nonsense'),
    40163: async () => {
      const code = await sandbox.login();
      await sandbox.code2Session(code);
      return sandbox.code2Session(code);
    },
    41008: () => sandbox.code2Session(undefined),
    45011: () => oneMoreThan(100, async () => sandbox.code2Session(await sandbox.login())),
  }),
  '/cgi-bin/stable_token': (sandbox) => ({
    ...clientMistakes(sandbox, (values) => sandbox.stableToken(values)),
    45009: async () => {
      for (let i = 0; i < 20; i += 1) {
        await sandbox.stableToken({ force_refresh: true });
        vi.advanceTimersByTime(30_000);
      }
      return sandbox.stableToken({ force_refresh: true });
    },
    45011: async () => {
      for (let i = 0; i < 10_000; i += 1) await sandbox.countStableToken();
      return sandbox.stableToken();
    },
  }),
  '/cgi-bin/token': (sandbox) => {
    const ask = (values: Values = {}) => {
      const query = new URLSearchParams({ ...FIRST_APP, grant_type: 'client_credential', ...values });
      return sandbox.send('GET', `/cgi-bin/token?${query.toString()}`);
    };
    return { ...clientMistakes(sandbox, ask), 45009: () => oneMoreThan(2000, () => ask()) };
  },
  '/wxa/business/getuserphonenumber': (sandbox) => ({
    40013: async () =>
      sandbox.getPhoneNumber(await sandbox.accessToken(SECOND_APP), await sandbox.phoneCode()),
    40029: async () => sandbox.getPhoneNumber(await sandbox.accessToken(), await sandbox.login()),
  }),
  '/wxa/checksession': (sandbox) => signatureMistakes(sandbox, '/wxa/checksession'),
  '/wxa/resetusersessionkey': (sandbox) => signatureMistakes(sandbox, '/wxa/resetusersessionkey'),
  '/wxa/getuserriskrank': (sandbox) =>
    visitorMistakes((values, app = FIRST_APP) => {
      const body = { appid: app.appid, scene: 0, client_ip: '127.0.0.1', ...values };
      return sandbox.withToken('POST', '/wxa/getuserriskrank', body, app);
    }, sandbox),
  '/wxa/msg_sec_check': (sandbox) => {
    const ask = (values: Values, app = FIRST_APP) => {
      const body = { content: 'hello', version: 2, scene: 1, ...values };
      return sandbox.withToken('POST', '/wxa/msg_sec_check', body, app);
    };
    return { ...visitorMistakes(ask, sandbox), 45002: () => ask({ content: '字'.repeat(2501) }) };
  },
};

function credentialMistakes(sandbox: Sandbox, ask: (values?: Values) => Promise<Answer>): Mistakes {
  return {
    40002: () => ask({ grant_type: 'password' }),
    40013: () => ask({ appid: 'wx0000000000000000' }),
    40125: () => ask({ secret: 'wrong' }),
    40243: async () => {
      await sandbox.send('PUT', '/sandbox/apps', { secretFrozen: true });
      return ask();
    },
    41002: () => ask({ appid: '' }),
    41004: () => ask({ secret: '' }),
  };
}

function clientMistakes(sandbox: Sandbox, ask: (values?: Values) => Promise<Answer>): Mistakes {
  return {
    ...credentialMistakes(sandbox, ask),
    40164: async () => {
      await sandbox.send('PUT', '/sandbox/apps', { ipWhitelist: ['203.0.113.7'] });
      return ask();
    },
  };
}

function signatureMistakes(sandbox: Sandbox, path: string): Mistakes {
  const ask = async (values: Record<string, string>) => {
    const { openid, session_key } = await sandbox.session();
    const signature = sessionSignature(session_key);
    const query = new URLSearchParams({ openid, signature, sig_method: 'hmac_sha256', ...values });
    return sandbox.withToken('GET', `${path}?${query.toString()}`);
  };
  return {
    40003: () => ask({ openid: 'nonsense' }),
    87008: () => ask({ sig_method: 'md5' }),
    87009: () => ask({ signature: sessionSignature('another key') }),
  };
}

function visitorMistakes(
  ask: (values: Values, app?: typeof FIRST_APP) => Promise<Answer>,
  sandbox: Sandbox,
): Mistakes {
  return {
    40003: () => ask({ openid: 'nonsense' }),
    40129: async () => ask({ openid: (await sandbox.session()).openid, scene: SCENE }),
    43104: async () => ask({ openid: (await sandbox.session()).openid }, SECOND_APP),
    61010: async () => {
      const { openid } = await sandbox.session();
      vi.advanceTimersByTime(2 * HOUR_MS);
      return ask({ openid });
    },
  };
}

/** Makes so many calls, a hundred at a time, and then one more. */
async function oneMoreThan(calls: number, call: () => Promise<Answer>): Promise<Answer> {
  for (let i = 0; i < calls; i += 100) await Promise.all(Array.from({ length: 100 }, call));
  return call();
}
