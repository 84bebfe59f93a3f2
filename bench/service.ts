import { fork, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeOptionsOf } from '../scripts/start/command.mjs';
import type { Cleanup } from './cleanup.js';
import { createDatabase, type Database, type DatabaseKind } from './databases.js';
import { freePort, waitUntilListening, stop } from './processes.js';

type Settings = Record<string, string | undefined>;

/** The service to start: the build of the tree at `root`. */
export interface Setup {
  root: string;
  database: DatabaseKind;
  instances: number;
  /** A folder for CPU profiles. */
  cpuProf?: string | undefined;
  /** Environment variables that replace the default ones. */
  settings?: Settings;
  /** Whether to serve metrics, which uses some CPU. */
  metrics?: boolean;
  /** Whether there is a webhook for every event. */
  webhook?: boolean;
}

/** The running service. `another` starts one more instance, which is not measured. */
export interface Service {
  apis: Api[];
  database: Database;
  another: () => Promise<Api>;
}

/** An instance: a process and its ports on 127.0.0.1. */
export type Api = Awaited<ReturnType<typeof startApi>>;

/** The entry file of the service, relative to the root of a built tree. */
export const ENTRY = 'dist/apps/api/src/main.js';
/** The mini-program of all logins. */
export const APPID = 'wxbench00000000001';
/** The imitation of WeChat, next to the built main.js. */
const WECHAT = fileURLToPath(new URL('./wechat.js', import.meta.url));

/**
 * Starts the imitation of WeChat and the instances of the service on an empty database. The cleanup stops all of them.
 * @returns `msToListening` of the first instance, which runs the migrations
 * @throws {Error} with the log of the service if an instance does not listen in time
 */
export async function startService(setup: Setup, cleanup: Cleanup) {
  const home = mkdtempSync(join(tmpdir(), 'weapp-passport-bench-'));
  cleanup.defer(() => rm(home, { recursive: true, force: true }));
  const database = await createDatabase(setup.database, home, cleanup);
  const wechat = fork(WECHAT);
  cleanup.defer(() => stop(wechat));
  const [wechatPort] = (await once(wechat, 'message')) as [number];
  const settings = { ...settingsOf(database.url, wechatPort), ...setup.settings };
  const start = (cpuProf?: string) => startApi({ ...setup, cpuProf }, home, settings, cleanup);
  const startedAt = Date.now();
  const apis = [await start(setup.cpuProf)];
  const msToListening = Date.now() - startedAt;
  while (apis.length < setup.instances) apis.push(await start(setup.cpuProf));
  const service: Service = { apis, database, another: () => start() };
  return { service, msToListening };
}

async function startApi(setup: Setup, home: string, settings: Settings, cleanup: Cleanup) {
  const { root, cpuProf, metrics } = setup;
  const [port, adminPort] = [await freePort(), await freePort()];
  const metricsPort = metrics ? await freePort() : undefined;
  const profiling = cpuProf ? ['--cpu-prof', `--cpu-prof-dir=${resolve(cpuProf)}`] : [];
  // The log goes to a file, because a pipe could block the api.
  const log = openSync(join(home, 'api.log'), 'a');
  const child = spawn(process.execPath, [...profiling, ...nodeOptionsOf(root), join(root, ENTRY)], {
    cwd: home,
    stdio: ['ignore', log, log],
    env: {
      ...settings,
      PORT: String(port),
      ADMIN_PORT: String(adminPort),
      ...(metricsPort && { METRICS_PORT: String(metricsPort) }),
    },
  });
  cleanup.defer(() => stop(child));
  if (await waitUntilListening(child, port)) return { pid: Number(child.pid), port, adminPort, metricsPort };
  throw new Error(
    `The api did not start (has it been built?):\n${readFileSync(join(home, 'api.log'), 'utf8')}`,
  );
}

/** Returns the settings of all instances. Of the caller's environment they contain only what Windows needs. */
function settingsOf(databaseUrl: string, wechatPort: number): Settings {
  return {
    SystemRoot: process.env['SystemRoot'],
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    // Every phone and every back end has its own address, as behind a reverse proxy, so no request reaches a rate limit.
    TRUST_PROXY_HOPS: '1',
    ADMIN_TRUST_PROXY_HOPS: '1',
    SECRET_KEY: randomBytes(48).toString('base64'),
    JWT_ISSUER: 'https://bench.invalid',
    // Tokens must live longer than the longest run.
    ACCESS_TOKEN_TTL_SECONDS: '3600',
    WEIXIN_APPS: `${APPID}:bench-app-key`,
    WEIXIN_API_BASE_URL: `http://127.0.0.1:${wechatPort}`,
    WEIXIN_ALLOW_HTTP: 'true',
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'info',
  };
}
