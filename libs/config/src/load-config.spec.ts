import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ConfigError } from './config-error.js';
import { loadConfig } from './load-config.js';

const SECRET_KEY = randomBytes(48).toString('base64');
const PRODUCTION = {
  NODE_ENV: 'production',
  SECRET_KEY,
  WEIXIN_APPS: 'wxaaaaaaaaaaaaaaaa:secret-a,wxbbbbbbbbbbbbbbbb:secret-b',
  JWT_ISSUER: 'https://login.example.com/',
};

const problemsOf = (env: NodeJS.ProcessEnv): readonly string[] => {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('loadConfig', () => {
  it('needs nothing outside production, where it points at the sandbox', () => {
    expect(loadConfig({ SECRET_KEY })).toMatchObject({
      isProduction: false,
      HOST: '127.0.0.1',
      PORT: 8000,
      DOCS: true,
      WEIXIN_API_BASE_URL: 'http://127.0.0.1:8001',
      JWT_ISSUER: 'http://127.0.0.1:8000',
      ACCESS_TOKEN_TTL_SECONDS: 300,
      WEIXIN_APPS: [{ appid: 'wxsandbox000000001' }, { appid: 'wxsandbox000000002' }],
    });
  });

  it('accepts requests for a while after SIGTERM behind a proxy in production', () => {
    const delay = (env: NodeJS.ProcessEnv) => loadConfig({ SECRET_KEY, ...env }).SHUTDOWN_DELAY_SECONDS;
    const behind = { ...PRODUCTION, TRUST_PROXY_HOPS: '1' };
    const cases = [behind, { ...behind, SHUTDOWN_DELAY_SECONDS: '0' }, PRODUCTION, { TRUST_PROXY_HOPS: '1' }];
    expect(cases.map(delay)).toEqual([2, 0, 0, 0]);
  });

  it('takes an empty value for one that is not set', () => {
    expect(loadConfig({ SECRET_KEY, PORT: '', WEIXIN_APPS: '' }).PORT).toBe(8000);
  });

  it('follows the sandbox to another port', () => {
    expect(loadConfig({ SECRET_KEY, SANDBOX_PORT: '9001' }).WEIXIN_API_BASE_URL).toBe(
      'http://127.0.0.1:9001',
    );
  });

  it.each([
    ['8010', 'http://127.0.0.1:8010'],
    // The port is not known yet, and every instance must have the same issuer.
    ['0', 'http://127.0.0.1:8000'],
  ])('makes an issuer that follows PORT=%s outside production', (PORT, issuer) => {
    expect(loadConfig({ SECRET_KEY, PORT }).JWT_ISSUER).toBe(issuer);
    expect(loadConfig({ ...PRODUCTION, PORT }).JWT_ISSUER).toBe('https://login.example.com');
  });

  it.each([
    [{}, 9002],
    [{ PORT: '0' }, 0],
    [{ PORT: '9002', ADMIN_PORT: '9003' }, 9003],
    [{ ...PRODUCTION, PORT: '9002' }, undefined],
  ])('has with %j the admin port %j', (env, port) => {
    expect(loadConfig({ SECRET_KEY, ...env }).ADMIN_PORT).toBe(port);
  });

  it.each([
    [{ PORT: '9002' }],
    [{ ADMIN_PORT: '8000' }],
    [{ ...PRODUCTION, PORT: '7000', ADMIN_PORT: '7000' }],
  ])('refuses one port for both listeners, defaults included: %j', (env) => {
    expect(problemsOf({ SECRET_KEY, ...env })).toEqual([
      'ADMIN_PORT must differ from PORT; outside production its default is 9002',
    ]);
  });

  it('names the sandbox only if its apps are served outside production', () => {
    expect(loadConfig({ SECRET_KEY, SANDBOX_PORT: '9001' }).sandboxUrl).toBe('http://127.0.0.1:9001');
    expect(loadConfig(PRODUCTION).sandboxUrl).toBeUndefined();
    expect(loadConfig({ ...PRODUCTION, NODE_ENV: 'development' }).sandboxUrl).toBeUndefined();
  });

  it.each<[string, NodeJS.ProcessEnv, boolean]>([
    ['pretty', {}, true],
    ['json', {}, false],
    ['json', { LOG_FORMAT: 'json' }, true],
    ['pretty', { LOG_FORMAT: 'pretty' }, false],
    ['json', PRODUCTION, true],
    ['pretty', { ...PRODUCTION, LOG_FORMAT: 'pretty' }, false],
  ])('writes logs as %s with %o and a terminal: %s', (format, env, isTerminal) => {
    expect(loadConfig({ SECRET_KEY, ...env }, undefined, isTerminal).LOG_FORMAT).toBe(format);
  });

  it('points at WeChat with apps of one’s own, in production and elsewhere', () => {
    expect(loadConfig(PRODUCTION).WEIXIN_API_BASE_URL).toBe('https://api.weixin.qq.com');
    expect(loadConfig({ ...PRODUCTION, NODE_ENV: 'development' }).WEIXIN_API_BASE_URL).toBe(
      'https://api.weixin.qq.com',
    );
  });

  it('does not serve the API docs in production by default', () => {
    expect(loadConfig(PRODUCTION).DOCS).toBe(false);
    expect(loadConfig({ ...PRODUCTION, DOCS: 'true' }).DOCS).toBe(true);
  });

  it('reads apps in their order and the issuer without a slash at its end', () => {
    const config = loadConfig(PRODUCTION);
    expect(config.WEIXIN_APPS[0]).toEqual({ appid: 'wxaaaaaaaaaaaaaaaa', secret: 'secret-a' });
    expect(config.JWT_ISSUER).toBe('https://login.example.com');
  });

  it.each<[string, NodeJS.ProcessEnv]>([
    ['SECRET_KEY is required', { ...PRODUCTION, SECRET_KEY: undefined }],
    ['WEIXIN_APPS is required', { ...PRODUCTION, WEIXIN_APPS: undefined }],
    ['JWT_ISSUER is required', { ...PRODUCTION, JWT_ISSUER: undefined }],
    ['SECRET_KEY must have at least 32 bytes', { ...PRODUCTION, SECRET_KEY: SECRET_KEY.slice(0, 31) }],
    [
      'SECRET_KEY looks like a placeholder',
      { ...PRODUCTION, SECRET_KEY: 'change-me-to-something-long-and-random!!' },
    ],
    ['SECRET_KEY looks like a placeholder', { ...PRODUCTION, SECRET_KEY: 'a'.repeat(64) }],
    [
      'SECRET_KEY is published in the documentation of a well-known project: make one with openssl rand -base64 48',
      { ...PRODUCTION, SECRET_KEY: '09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7' },
    ],
    [
      'SECRET_KEY_FALLBACKS entry 2 looks like a placeholder',
      { ...PRODUCTION, SECRET_KEY_FALLBACKS: `${SECRET_KEY},${'a'.repeat(64)}` },
    ],
    [
      'SECRET_KEY_FALLBACKS must have at least',
      { ...PRODUCTION, SECRET_KEY_FALLBACKS: `${SECRET_KEY},short` },
    ],
    ['WEIXIN_API_BASE_URL must be https', { ...PRODUCTION, WEIXIN_API_BASE_URL: 'http://api.weixin.qq.com' }],
    ['WEIXIN_API_BASE_URL must be http', { SECRET_KEY, WEIXIN_API_BASE_URL: 'ftp://127.0.0.1' }],
    ['WEIXIN_API_BASE_URL must be http', { SECRET_KEY, WEIXIN_API_BASE_URL: 'http://user:pass@127.0.0.1' }],
    ['HOST must be a loopback address', { SECRET_KEY, HOST: '0.0.0.0' }],
    ['HOST must be a loopback address', { SECRET_KEY, HOST: '::' }],
    [
      'WEIXIN_APPS mixes',
      { SECRET_KEY, WEIXIN_APPS: 'wxaaaaaaaaaaaaaaaa:real,wxsandbox000000001:sandbox-secret' },
    ],
    ['WEIXIN_APPS names one appid twice', { SECRET_KEY, WEIXIN_APPS: 'wxa:1,wxa:2' }],
    ['WEIXIN_APPS must be appid:secret', { SECRET_KEY, WEIXIN_APPS: 'wxa' }],
    ...(
      [
        ['must be appid:Token:EncodingAESKey', 'wxa:no'],
        ['must be appid:Token:EncodingAESKey', `wxa:token:${'k'.repeat(43)}:more`],
        ['must have an EncodingAESKey of 43', `wxa:token:${'k'.repeat(44)}`],
        ['names one appid twice', `wxa:token:${'k'.repeat(43)},wxa:token:${'k'.repeat(43)}`],
        ['names an appid that WEIXIN_APPS does not name', `wxb:token:${'k'.repeat(43)}`],
      ] as const
    ).map(([message, WEIXIN_PUSH_KEYS]): [string, NodeJS.ProcessEnv] => [
      `WEIXIN_PUSH_KEYS ${message}`,
      { SECRET_KEY, WEIXIN_APPS: 'wxa:1', WEIXIN_PUSH_KEYS },
    ]),
    [
      "an app has the sandbox's EncodingAESKey, which is public",
      {
        SECRET_KEY,
        WEIXIN_APPS: 'wxa:1',
        WEIXIN_PUSH_KEYS: 'wxa:token:sandboxEncodingAESKeyOfTheFirstMiniProgramA',
      },
    ],
    ['PORT must be a whole number', { SECRET_KEY, PORT: '80a' }],
    ['PORT must be a whole number', { SECRET_KEY, PORT: '70000' }],
    ['ACCESS_TOKEN_TTL_SECONDS must be', { SECRET_KEY, ACCESS_TOKEN_TTL_SECONDS: '-5' }],
    ['JWT_ALGORITHM must be one of ES256, HS256', { SECRET_KEY, JWT_ALGORITHM: 'none' }],
    ...[
      'sqlite://data/file',
      'postgres:test',
      'postgres://localhost',
      'postgres://localhost/',
      'postgres://localhost/a/b',
      'postgres://user:not%encoded@localhost/test',
      'postgres://user:with#hash@localhost/test',
      'mysql://localhost:port/test',
      'oracle://localhost/test',
    ].map((url): [string, NodeJS.ProcessEnv] => [
      'DATABASE_URL must be sqlite:',
      { SECRET_KEY, DATABASE_URL: url },
    ]),
    ...[
      '127.0.0.1:6379',
      'http://localhost:6379',
      'redis:localhost',
      'redis://',
      'redis://localhost:port',
      'redis://localhost/name',
      'redis://localhost?db=1',
      'redis://:not%encoded@localhost',
      'rediss://user:with#hash@localhost',
    ].map((url): [string, NodeJS.ProcessEnv] => [
      'REDIS_URL must be redis://',
      { SECRET_KEY, REDIS_URL: url },
    ]),
    ['DATABASE_POOL_SIZE must be a whole number', { SECRET_KEY, DATABASE_POOL_SIZE: '0' }],
    ['DOCS must be true or false', { SECRET_KEY, DOCS: 'yes' }],
    ['NODE_ENV must be one of', { SECRET_KEY, NODE_ENV: 'prod' }],
  ])('refuses to start: %s', (message, env) => {
    expect(problemsOf(env).join('\n')).toContain(message);
  });

  it.each([
    'sqlite:data/file.sqlite',
    'sqlite::memory:',
    'postgres://user:p%40ss@db.example:5432/passport?sslmode=verify-full',
    'postgresql:///passport?host=/var/run/postgresql',
    'mysql://user@[::1]/passport',
    'mariadb://user:pass@db.example/passport',
  ])('takes %s as DATABASE_URL', (url) => {
    expect(loadConfig({ SECRET_KEY, DATABASE_URL: url }).DATABASE_URL).toBe(url);
  });

  it.each(['redis://localhost', 'redis://:p%40ss@redis.example:6380/2', 'rediss://user:pass@[::1]'])(
    'takes %s as REDIS_URL',
    (url) => {
      expect(loadConfig({ SECRET_KEY, REDIS_URL: url }).REDIS_URL).toBe(url);
    },
  );

  it('allows http to an imitation of WeChat in production only with WEIXIN_ALLOW_HTTP', () => {
    const env = { ...PRODUCTION, WEIXIN_API_BASE_URL: 'http://127.0.0.1:9', WEIXIN_ALLOW_HTTP: 'true' };
    expect(loadConfig(env).WEIXIN_API_BASE_URL).toBe('http://127.0.0.1:9');
  });

  it('names all faults, each variable once, and no value', () => {
    const problems = problemsOf({
      NODE_ENV: 'production',
      SECRET_KEY: 'canary',
      WEIXIN_APPS: 'canary',
      PORT: 'canary',
    });
    expect(problems.map((line) => line.split(' ')[0]).sort()).toEqual([
      'JWT_ISSUER',
      'PORT',
      'SECRET_KEY',
      'WEIXIN_APPS',
    ]);
    expect(problems.join('\n')).not.toContain('canary');
  });

  it.each([
    ['in production', PRODUCTION, 'postgres'],
    ['on a laptop', { SECRET_KEY }, 'mysql'],
  ])('%s names each address with an unencoded password once, without the password', (_, env, scheme) => {
    const account = 'user:canary@:/?#%@127.0.0.1';
    const problems = problemsOf({
      ...env,
      DATABASE_URL: `${scheme}://${account}/passport`,
      REDIS_URL: `redis://${account}`,
    });
    expect(problems).toHaveLength(2);
    for (const name of ['DATABASE_URL', 'REDIS_URL'])
      expect(problems.join('\n')).toMatch(new RegExp(`^${name} must be .*percent-encoded`, 'm'));
    expect(problems.join('\n')).not.toContain('canary');
  });

  it('warns of a WEIXIN_ or JWT_ name that nothing reads, with the nearest that something does', () => {
    const { warnings } = loadConfig({ SECRET_KEY, WEIXIN_APP: 'canary', JWT_ISUER: 'canary', OTHER: 'x' });
    expect(warnings).toEqual([
      'WEIXIN_APP is not a setting of this service. Did you mean WEIXIN_APPS?',
      'JWT_ISUER is not a setting of this service. Did you mean JWT_ISSUER?',
    ]);
  });
});
