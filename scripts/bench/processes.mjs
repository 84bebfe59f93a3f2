import { fork, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { rssMegabytes } from './cpu.mjs';

/**
 * The running service.
 * @typedef {object} Api
 * @property {number} pid
 * @property {number} port
 * @property {string} url without a slash at the end
 */

const API = fileURLToPath(new URL('../../dist/apps/api/src/main.js', import.meta.url));
const WECHAT = fileURLToPath(new URL('./wechat.mjs', import.meta.url));
const STARTS_WITHIN_MS = 20_000;
const STOPS_WITHIN_MS = 10_000;

/** @type {import('node:child_process').ChildProcess[]} */
const children = [];
/** @type {string | undefined} */
let folder;

/**
 * Starts the imitation of WeChat and the service on an empty database in a temporary folder.
 * @param {{ cpuProfFolder: string | undefined }} options
 * @returns {Promise<{ api: Api, start: { ms_to_listening: number, rss_idle_mb: number | null } }>}
 * @throws {Error} with the log of the service, when it does not listen in time
 */
export async function startStack({ cpuProfFolder }) {
  folder = mkdtempSync(join(tmpdir(), 'weapp-passport-bench-'));
  const wechat = fork(WECHAT);
  children.push(wechat);
  const [wechatPort] = await once(wechat, 'message');
  const port = await freePort();
  const startedAt = Date.now();
  const child = startApi(folder, port, Number(wechatPort), cpuProfFolder);
  await listening(child, port, join(folder, 'api.log'));
  const ms_to_listening = Date.now() - startedAt;
  const pid = Number(child.pid);
  await sleep(1000);
  const api = { pid, port, url: `http://127.0.0.1:${port}` };
  return { api, start: { ms_to_listening, rss_idle_mb: rssMegabytes(pid) } };
}

/** Ends what {@link startStack} started and removes its folder. The api ends by SIGTERM, so that it can write a profile. */
export async function stopStack() {
  await Promise.all(children.splice(0).map(stop));
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

/**
 * @param {string} home
 * @param {number} port
 * @param {number} wechatPort
 * @param {string | undefined} cpuProfFolder
 */
function startApi(home, port, wechatPort, cpuProfFolder) {
  const profiling = cpuProfFolder ? ['--cpu-prof', `--cpu-prof-dir=${resolve(cpuProfFolder)}`] : [];
  // A file takes log lines without ever making the api wait.
  const log = openSync(join(home, 'api.log'), 'a');
  const child = spawn(process.execPath, [...profiling, API], {
    cwd: home,
    stdio: ['ignore', log, log],
    env: settings(home, port, wechatPort),
  });
  children.push(child);
  return child;
}

/**
 * Nothing of the caller's environment but what Windows cannot start without: it would change what is measured.
 * @param {string} home
 * @param {number} port
 * @param {number} wechatPort
 */
function settings(home, port, wechatPort) {
  return {
    SystemRoot: process.env.SystemRoot,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    // Every phone has an address of its own, as behind a reverse proxy; no limit by address is ever reached.
    TRUST_PROXY_HOPS: '1',
    SECRET_KEY: randomBytes(48).toString('base64'),
    JWT_ISSUER: 'https://bench.invalid',
    // Tokens outlive the longest run.
    ACCESS_TOKEN_TTL_SECONDS: '3600',
    WEIXIN_APPS: 'wxbench00000000001:bench-app-key',
    WEIXIN_API_BASE_URL: `http://127.0.0.1:${wechatPort}`,
    WEIXIN_ALLOW_HTTP: 'true',
    DATABASE_URL: `sqlite:${join(home, 'bench.sqlite')}`,
    LOG_LEVEL: 'info',
  };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} port
 * @param {string} log
 */
async function listening(child, port, log) {
  const giveUpAt = Date.now() + STARTS_WITHIN_MS;
  while (!(await accepts(port))) {
    if (child.exitCode !== null || Date.now() > giveUpAt)
      throw new Error(`The api did not start (has it been built?):\n${readFileSync(log, 'utf8')}`);
    await sleep(5);
  }
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function accepts(port) {
  return new Promise((settle) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/** @param {import('node:child_process').ChildProcess} child */
async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const late = new globalThis.AbortController();
  sleep(STOPS_WITHIN_MS, undefined, { signal: late.signal }).then(
    () => child.kill('SIGKILL'),
    () => undefined,
  );
  await exit;
  late.abort();
}
