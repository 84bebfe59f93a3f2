import { randomBytes } from 'node:crypto';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseAppsFile } from './apps-file.js';
import { ConfigError } from './config-error.js';
import { loadConfig } from './load-config.js';
import { readServedApps } from './served-apps.js';

const SHOP = { appid: 'wxaaaaaaaaaaaaaaaa', secret: 'secret-canary-a', name: '商店' };
const CAFE = { appid: 'wxbbbbbbbbbbbbbbbb', secret: 'secret-canary-b', name: 'Café', login_per_minute: 30 };

const problemsOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.join('\n');
    throw error;
  }
  return '';
};

describe('parseAppsFile', () => {
  it('reads apps in their order, with a limit where one has it', () => {
    expect(parseAppsFile(JSON.stringify([SHOP, CAFE]))).toEqual([
      SHOP,
      { appid: CAFE.appid, secret: CAFE.secret, name: 'Café', loginPerMinute: 30 },
    ]);
  });

  it('reads Token and EncodingAESKey of the message push', () => {
    const push = { push_token: 'canaryToken1', push_encoding_aes_key: 'k'.repeat(43) };
    const [app] = parseAppsFile(JSON.stringify([{ ...SHOP, ...push }]));
    expect(app?.push).toEqual({ token: 'canaryToken1', encodingAesKey: 'k'.repeat(43) });
  });

  it('reads a file that begins with a byte order mark, as editors of Windows write it', () => {
    expect(parseAppsFile(`\uFEFF${JSON.stringify([SHOP])}`)).toHaveLength(1);
  });

  it.each<[string, string]>([
    ['WEIXIN_APPS_FILE is no valid JSON', '[{"appid": "wxcanary", "secret": "secret-canary",}]'],
    ['WEIXIN_APPS_FILE is no valid JSON', ''],
    ['WEIXIN_APPS_FILE must be a JSON array', JSON.stringify(SHOP)],
    ['WEIXIN_APPS_FILE must be a JSON array', 'null'],
    ['WEIXIN_APPS_FILE [1] must be an object', JSON.stringify([SHOP, 'canary'])],
    ['WEIXIN_APPS_FILE [0] must be an object', '[null]'],
    ['WEIXIN_APPS_FILE [0] must be an object', '[[]]'],
    ['WEIXIN_APPS_FILE [1].appid must be', JSON.stringify([SHOP, { ...CAFE, appid: 'canary app' }])],
    ['WEIXIN_APPS_FILE [0].secret must be', JSON.stringify([{ ...SHOP, secret: 'canary with space' }])],
    ['WEIXIN_APPS_FILE [0].secret must be', JSON.stringify([{ ...SHOP, secret: 1234 }])],
    ['WEIXIN_APPS_FILE [0].name must be', JSON.stringify([{ ...SHOP, name: '' }])],
    ['WEIXIN_APPS_FILE [0].name must be', JSON.stringify([{ ...SHOP, name: 'canary\u001b[31m' }])],
    ['WEIXIN_APPS_FILE [0].login_per_minute must', JSON.stringify([{ ...SHOP, login_per_minute: '30' }])],
    ['WEIXIN_APPS_FILE [0].login_per_minute must', JSON.stringify([{ ...SHOP, login_per_minute: -1 }])],
    ['WEIXIN_APPS_FILE [0].login_per_minute must', JSON.stringify([{ ...SHOP, login_per_minute: null }])],
    ['WEIXIN_APPS_FILE [0].push_token must be', JSON.stringify([{ ...SHOP, push_token: 'canary token' }])],
    [
      'WEIXIN_APPS_FILE [0].push_encoding_aes_key must be',
      JSON.stringify([{ ...SHOP, push_token: 'canary', push_encoding_aes_key: 'canary' }]),
    ],
    ['WEIXIN_APPS_FILE [0] needs both', JSON.stringify([{ ...SHOP, push_token: 'canary' }])],
    ['WEIXIN_APPS_FILE [0].appsecret is not known', JSON.stringify([{ ...SHOP, appsecret: 'canary' }])],
    ['WEIXIN_APPS_FILE [0].name must be', JSON.stringify([{ appid: 'wxcanary', secret: 'canary' }])],
  ])('says: %s', (message, text) => {
    const problems = problemsOf(() => parseAppsFile(text));
    expect(problems).toContain(message);
    expect(problems).not.toContain('canary');
  });

  it('names all wrong members, and no name that may be a secret', () => {
    const text = JSON.stringify([
      { appid: '', name: 'x' },
      { ...SHOP, '0123canary': 1 },
    ]);
    expect(problemsOf(() => parseAppsFile(text)).split('\n')).toEqual([
      'WEIXIN_APPS_FILE [0].appid must be 1 to 64 letters, digits and underscores',
      'WEIXIN_APPS_FILE [0].secret must be 1 to 128 printable ASCII characters without spaces',
      'WEIXIN_APPS_FILE [1] has a member that is not known',
    ]);
  });
});

describe('WEIXIN_APPS_FILE', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weapp-passport-test-'));
  const path = join(folder, 'apps.json');
  const env = { SECRET_KEY: randomBytes(48).toString('base64'), WEIXIN_APPS_FILE: path };
  const production = { ...env, NODE_ENV: 'production', JWT_ISSUER: 'https://login.example.com' };
  const sandboxApp = { appid: 'wxsandbox000000001', secret: 'sandbox-secret', name: 'Sandbox' };
  const write = (apps: unknown) => {
    writeFileSync(path, JSON.stringify(apps));
  };
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('stands beside WEIXIN_APPS, whose first app is the default one', () => {
    write([SHOP]);
    const apps = readServedApps(loadConfig({ ...env, WEIXIN_APPS: 'wxcccccccccccccccc:c' }));
    expect(apps.map(({ appid }) => appid)).toEqual(['wxcccccccccccccccc', SHOP.appid]);
  });

  it('is enough without WEIXIN_APPS, in production and elsewhere, and then its first app is the default one', () => {
    write([CAFE, SHOP]);
    for (const config of [loadConfig(env), loadConfig(production)]) {
      expect(readServedApps(config)[0].appid).toBe(CAFE.appid);
      expect(config.WEIXIN_API_BASE_URL).toBe('https://api.weixin.qq.com');
    }
  });

  it('points at the sandbox when it names the sandbox’s apps only', () => {
    write([sandboxApp]);
    expect(loadConfig(env).WEIXIN_API_BASE_URL).toBe('http://127.0.0.1:8001');
  });

  it.each<[string, unknown, NodeJS.ProcessEnv]>([
    ['WEIXIN_APPS_FILE names one appid twice', [SHOP, SHOP], env],
    ['an appid that WEIXIN_APPS names too', [SHOP], { ...env, WEIXIN_APPS: `${SHOP.appid}:other` }],
    ['WEIXIN_APPS_FILE names no app', [], env],
    ['WEIXIN_APPS_FILE mixes', [SHOP, sandboxApp], env],
    ['WEIXIN_APPS_FILE mixes', [sandboxApp], { ...env, WEIXIN_APPS: 'wxcccccccccccccccc:c' }],
    ['HOST must be a loopback address', [sandboxApp], { ...env, HOST: '0.0.0.0' }],
    ['WEIXIN_APPS_FILE cannot be read: ENOENT', [], { ...env, WEIXIN_APPS_FILE: join(folder, 'none') }],
    ['WEIXIN_APPS_FILE cannot be read: EISDIR', [], { ...env, WEIXIN_APPS_FILE: folder }],
  ])('stops a start: %s', (message, apps, given) => {
    write(apps);
    const problems = problemsOf(() => loadConfig(given));
    expect(problems).toContain(message);
    expect(problems).not.toMatch(/canary|sandbox-secret/);
  });

  it('may be empty beside WEIXIN_APPS', () => {
    write([]);
    expect(readServedApps(loadConfig({ ...env, WEIXIN_APPS: 'wxcccccccccccccccc:c' }))).toHaveLength(1);
  });

  it('is reported with the other faults of the environment', () => {
    write({});
    expect(problemsOf(() => loadConfig({ ...production, PORT: 'x' })).split('\n')).toEqual([
      'PORT must be a whole number from 0 to 65535',
      'WEIXIN_APPS_FILE must be a JSON array',
    ]);
  });
});
