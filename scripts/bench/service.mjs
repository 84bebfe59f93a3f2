import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabase } from './databases.mjs';
import { freePorts, listens, stop } from './processes.mjs';
import { settingsOf } from './settings.mjs';

/**
 * What is started.
 * @typedef {object} Setup
 * @property {string} root the tree whose build runs
 * @property {import('./databases.mjs').Kind} database
 * @property {number} instances
 * @property {string | undefined} [cpuProfFolder] where the api writes a CPU profile
 * @property {Record<string, string>} [settings] beside or instead of those of {@link settingsOf}
 * @property {boolean} [metrics] whether the instances serve them, which costs a little
 */

/**
 * The running service.
 * @typedef {object} Service
 * @property {Api[]} apis its instances, at least one
 * @property {import('./databases.mjs').Database} database what they share
 * @property {() => Promise<Api>} another starts one more instance, which is not measured
 */

/**
 * An instance: a process of its own.
 * @typedef {object} Api
 * @property {number} pid
 * @property {number} port
 * @property {string} url without a slash at the end
 * @property {number | undefined} metricsPort
 */

/** Of a built tree, from its root. */
export const ENTRY = 'dist/apps/api/src/main.js';

const WECHAT = fileURLToPath(new URL('./wechat.mjs', import.meta.url));

/**
 * Starts the imitation of WeChat, and the instances of the service on an empty database.
 * @param {Setup} setup
 * @param {import('./cleanup.mjs').Cleanup} cleanup stops all of it and removes the database
 * @returns {Promise<{ service: Service, msToListening: number }>} `msToListening` of the first instance, which migrates
 * @throws {Error} with the log of the service, when an instance does not listen in time
 */
export async function startService(setup, cleanup) {
  const home = mkdtempSync(join(tmpdir(), 'weapp-passport-bench-'));
  cleanup.defer(() => rmSync(home, { recursive: true, force: true }));
  const database = await createDatabase(setup.database, home, cleanup);
  const wechat = fork(WECHAT);
  cleanup.defer(() => stop(wechat));
  const [wechatPort] = await once(wechat, 'message');
  const settings = { ...settingsOf(database.url, Number(wechatPort)), ...setup.settings };
  const startedAt = Date.now();
  const apis = [await startApi(setup, home, settings, cleanup)];
  const msToListening = Date.now() - startedAt;
  while (apis.length < setup.instances) apis.push(await startApi(setup, home, settings, cleanup));
  const another = () => startApi({ ...setup, cpuProfFolder: undefined }, home, settings, cleanup);
  return { service: { apis, database, another }, msToListening };
}

/**
 * @param {Setup} setup
 * @param {string} home
 * @param {Record<string, string | undefined>} settings
 * @param {import('./cleanup.mjs').Cleanup} cleanup
 * @returns {Promise<Api>}
 */
async function startApi({ root, cpuProfFolder, metrics }, home, settings, cleanup) {
  const [port = NaN, metricsPort] = await freePorts(metrics ? 2 : 1);
  const profiling = cpuProfFolder ? ['--cpu-prof', `--cpu-prof-dir=${resolve(cpuProfFolder)}`] : [];
  // A file takes log lines without ever making the api wait.
  const log = openSync(join(home, 'api.log'), 'a');
  const child = spawn(process.execPath, [...profiling, join(root, ENTRY)], {
    cwd: home,
    stdio: ['ignore', log, log],
    env: { ...settings, PORT: String(port), ...(metricsPort && { METRICS_PORT: String(metricsPort) }) },
  });
  cleanup.defer(() => stop(child));
  if (!(await listens(child, port)))
    throw new Error(
      `The api did not start (has it been built?):\n${readFileSync(join(home, 'api.log'), 'utf8')}`,
    );
  return { pid: Number(child.pid), port, url: `http://127.0.0.1:${port}`, metricsPort };
}
