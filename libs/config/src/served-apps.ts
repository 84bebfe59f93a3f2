import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { parseAppsFile } from './apps-file.js';
import type { Config } from './config.js';
import { ConfigError } from './config-error.js';
import { SANDBOX_APPS } from './sandbox-apps.js';
import type { WeixinApp } from './weixin-app.js';

/** Never empty; the first is the default app. */
export type ServedApps = readonly [WeixinApp, ...WeixinApp[]];

/** The settings that determine the served mini-programs. */
type Sources = Pick<Config, 'HOST' | 'WEIXIN_APPS' | 'WEIXIN_APPS_FILE' | 'WEIXIN_PUSH_KEYS'>;

/**
 * Returns the mini-programs to serve: those of `WEIXIN_APPS`, then those of `WEIXIN_APPS_FILE`.
 * @throws {ConfigError} if the file cannot be read or the apps cannot be served together; contains no secret
 */
export function readServedApps(sources: Sources): ServedApps {
  const { WEIXIN_APPS_FILE: path } = sources;
  return servedApps(sources, path === undefined ? undefined : readAppsFile(path));
}

/**
 * Returns the same for a file that was read before.
 * @param text of the file; undefined without one
 * @throws {ConfigError}
 */
export function servedApps(
  { HOST, WEIXIN_APPS, WEIXIN_PUSH_KEYS }: Sources,
  text: string | undefined,
): ServedApps {
  const ofFile = text === undefined ? [] : parseAppsFile(text);
  const given = WEIXIN_APPS.map((app) => {
    const push = WEIXIN_PUSH_KEYS?.get(app.appid);
    return push ? { ...app, push } : app;
  });
  const apps = [...given, ...ofFile];
  const problems = [
    ...repeated(WEIXIN_APPS, ofFile),
    ...sandboxProblems(apps, HOST, text === undefined),
    ...unusedPushKeys(WEIXIN_PUSH_KEYS, WEIXIN_APPS),
  ];
  const [first, ...others] = apps;
  if (!first) problems.push('WEIXIN_APPS_FILE names no app, and WEIXIN_APPS is not set');
  if (!first || problems.length > 0) throw new ConfigError(problems);
  return [first, ...others];
}

/** Returns whether an app is one of the sandbox's, whose secrets are public. */
export const isSandboxApp = ({ appid }: WeixinApp) =>
  SANDBOX_APPS.some((sandboxApp) => sandboxApp.appid === appid);

/** Returns the error with the reason why the file cannot be read. */
export function unreadable(error: unknown): ConfigError {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  return new ConfigError([`WEIXIN_APPS_FILE cannot be read: ${code}`]);
}

/** @throws {ConfigError} */
export function readAppsFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(error);
  }
}

function repeated(given: readonly WeixinApp[], ofFile: readonly WeixinApp[]): string[] {
  const appids = ofFile.map(({ appid }) => appid);
  const problems = [];
  if (new Set(appids).size < appids.length) problems.push('WEIXIN_APPS_FILE names one appid twice');
  if (given.some(({ appid }) => appids.includes(appid)))
    problems.push('WEIXIN_APPS_FILE names an appid that WEIXIN_APPS names too');
  return problems;
}

function unusedPushKeys(keys: Sources['WEIXIN_PUSH_KEYS'], given: readonly WeixinApp[]): string[] {
  const isUsed = [...(keys?.keys() ?? [])].every((appid) => given.some((app) => app.appid === appid));
  return isUsed ? [] : ['WEIXIN_PUSH_KEYS names an appid that WEIXIN_APPS does not name'];
}

function sandboxProblems(apps: readonly WeixinApp[], host: string, withoutFile: boolean): string[] {
  const problems: string[] = [];
  if (apps.some(isSandboxApp) && !isLoopback(host)) {
    problems.push(
      "HOST must be a loopback address with the sandbox's apps: their secrets are public, so anyone could log in",
    );
  }
  if (apps.some(isSandboxApp) && !apps.every(isSandboxApp)) {
    problems.push(
      `${withoutFile ? 'WEIXIN_APPS' : 'WEIXIN_APPS_FILE'} mixes the sandbox's apps with others, and they cannot be served by one address`,
    );
  }
  const published = new Set(SANDBOX_APPS.map(({ push }) => push?.encodingAesKey));
  if (apps.some((app) => app.push && !isSandboxApp(app) && published.has(app.push.encodingAesKey)))
    problems.push(
      "an app has the sandbox's EncodingAESKey, which is public, so anyone could send its pushes",
    );
  return problems;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
