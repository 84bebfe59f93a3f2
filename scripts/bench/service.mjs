import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { rssMegabytes } from './cpu.mjs';
import { freePort, listens, stop } from './processes.mjs';
import { settingsOf } from './settings.mjs';

/**
 * What is started.
 * @typedef {object} Setup
 * @property {string} root the tree whose build runs
 * @property {string | undefined} cpuProfFolder where the api writes a CPU profile
 */

/**
 * The running service.
 * @typedef {object} Api
 * @property {number} pid
 * @property {number} port
 * @property {string} url without a slash at the end
 */

/** Of a built tree, from its root. */
export const ENTRY = 'dist/apps/api/src/main.js';

const WECHAT = fileURLToPath(new URL('./wechat.mjs', import.meta.url));

/**
 * Starts the imitation of WeChat and the service on an empty database in a temporary folder.
 * @param {Setup} setup
 * @param {import('./cleanup.mjs').Cleanup} cleanup stops both and removes the folder
 * @returns {Promise<{ api: Api, start: { ms_to_listening: number, rss_idle_mb: number | null } }>}
 * @throws {Error} with the log of the service, when it does not listen in time
 */
export async function startService(setup, cleanup) {
  const home = mkdtempSync(join(tmpdir(), 'weapp-passport-bench-'));
  cleanup.defer(() => rmSync(home, { recursive: true, force: true }));
  const wechat = fork(WECHAT);
  cleanup.defer(() => stop(wechat));
  const [wechatPort] = await once(wechat, 'message');
  const settings = settingsOf(`sqlite:${join(home, 'bench.sqlite')}`, Number(wechatPort));
  const startedAt = Date.now();
  const api = await startApi(setup, home, settings, cleanup);
  const ms_to_listening = Date.now() - startedAt;
  await sleep(1000);
  return { api, start: { ms_to_listening, rss_idle_mb: rssMegabytes(api.pid) } };
}

/**
 * @param {Setup} setup
 * @param {string} home
 * @param {Record<string, string | undefined>} settings
 * @param {import('./cleanup.mjs').Cleanup} cleanup
 * @returns {Promise<Api>}
 */
async function startApi({ root, cpuProfFolder }, home, settings, cleanup) {
  const port = await freePort();
  const profiling = cpuProfFolder ? ['--cpu-prof', `--cpu-prof-dir=${resolve(cpuProfFolder)}`] : [];
  // A file takes log lines without ever making the api wait.
  const log = openSync(join(home, 'api.log'), 'a');
  const child = spawn(process.execPath, [...profiling, join(root, ENTRY)], {
    cwd: home,
    stdio: ['ignore', log, log],
    env: { ...settings, PORT: String(port) },
  });
  cleanup.defer(() => stop(child));
  if (!(await listens(child, port)))
    throw new Error(
      `The api did not start (has it been built?):\n${readFileSync(join(home, 'api.log'), 'utf8')}`,
    );
  return { pid: Number(child.pid), port, url: `http://127.0.0.1:${port}` };
}
