import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { parseAppsFile } from './apps-file.js';
import type { Config } from './config.js';
import { ConfigError } from './config-error.js';
import { SANDBOX_APPS } from './sandbox-apps.js';
import type { WeixinApp } from './weixin-app.js';

/** Never empty; the first is the default app. */
export type ServedApps = readonly [WeixinApp, ...WeixinApp[]];

/** What decides which mini-programs are served. */
type Sources = Pick<Config, 'HOST' | 'WEIXIN_APPS' | 'WEIXIN_APPS_FILE'>;

/**
 * Every mini-program to serve: those of `WEIXIN_APPS`, then those of `WEIXIN_APPS_FILE`.
 * @throws {ConfigError} where the file cannot be read or they cannot be served together; names no value of a secret
 */
export function readServedApps(sources: Sources): ServedApps {
  const { WEIXIN_APPS_FILE: path } = sources;
  return servedApps(sources, path === undefined ? undefined : readAppsFile(path));
}

/**
 * The same for a file that was read already.
 * @param text of the file; undefined without one
 * @throws {ConfigError}
 */
export function servedApps({ HOST, WEIXIN_APPS }: Sources, text: string | undefined): ServedApps {
  const ofFile = text === undefined ? [] : parseAppsFile(text);
  const apps = [...WEIXIN_APPS, ...ofFile];
  const problems = [...repeated(WEIXIN_APPS, ofFile), ...sandboxProblems(apps, HOST, text === undefined)];
  const [first, ...others] = apps;
  if (!first) problems.push('WEIXIN_APPS_FILE names no app, and WEIXIN_APPS is not set');
  if (!first || problems.length > 0) throw new ConfigError(problems);
  return [first, ...others];
}

/** Whether an app is one of the sandbox's, whose secrets are public. */
export const isSandboxApp = ({ appid }: WeixinApp) =>
  SANDBOX_APPS.some((sandboxApp) => sandboxApp.appid === appid);

/** Says why the file cannot be read. */
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
  return problems;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
