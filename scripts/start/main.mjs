// Builds and starts the service and the sandbox, prints their addresses, and stops both together.
// --watch: compiles and restarts after each change. --built: does not build. --miniprogram <folder>: see docs/sandbox.md.
import { fileURLToPath } from 'node:url';
import { languageOf } from '../../apps/cli/src/language.js';
import { ended, onStopSignal, run, stopAll } from '../processes.mjs';
import { nodeOptionsOf } from './command.mjs';
import { compileOnChange } from './compile-on-change.mjs';
import { consoleLink } from './console-link.mjs';
import { findPorts, PortTakenError } from './ports.mjs';
import { WORDS } from './words.mjs';

const words = WORDS[languageOf(process.env)];
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const isWatching = process.argv.includes('--watch');
let isStopping = false;

/** Lets the page of the sandbox move the clock of the service. Not with NODE_ENV=production. */
const FOLLOWS_CLOCK =
  process.env.NODE_ENV === 'production'
    ? []
    : ['--import', new URL('../../dist/apps/sandbox/server/clock/follow.js', import.meta.url).href];

/** @param {number} code */
function stop(code) {
  if (!isStopping) process.exitCode = code;
  isStopping = true;
  stopAll();
}
onStopSignal(() => stop(0));

try {
  const ports = await findPorts(process.env);
  if (isWatching) await compileOnChange();
  else if (!process.argv.includes('--built')) await build();
  if (!isStopping) await startBoth(ports);
} catch (error) {
  if (!(error instanceof PortTakenError)) throw error;
  console.error(words.taken(error.variable, error.port));
  process.exitCode = 1;
}

async function build() {
  const code = await ended(run('scripts/build/main.mjs'));
  if (code !== 0) stop(code);
}

/** @param {{ PORT: string, ADMIN_PORT: string, SANDBOX_PORT: string }} ports */
async function startBoth({ PORT, ADMIN_PORT, SANDBOX_PORT }) {
  console.log(words.starting);
  const api = `http://${hostOf(process.env.HOST || '127.0.0.1')}:${PORT}`;
  const sandbox = `http://127.0.0.1:${SANDBOX_PORT}`;
  const env = {
    ...process.env,
    PORT,
    ADMIN_PORT,
    SANDBOX_PORT,
    API_URL: api,
    SANDBOX_CLOCK_URL: `${sandbox}/sandbox/clock`,
  };
  const ready = await Promise.all([
    isReady(startService('dist/apps/sandbox/server/main.js', env, [], ownMiniProgram())),
    isReady(startService('dist/apps/api/src/main.js', env, [...nodeOptionsOf(ROOT), ...FOLLOWS_CLOCK])),
  ]);
  if (!ready.every(Boolean) || isStopping) return;
  console.log(words.running({ api, sandbox, isDefaultPort: PORT === '8000' }));
  if (!ADMIN_PORT || process.env.NODE_ENV === 'production') return;
  const link = await consoleLink(
    `http://${hostOf(process.env.ADMIN_HOST || '127.0.0.1')}:${ADMIN_PORT}`,
    env,
  );
  if (link !== undefined) console.log(words.console(link));
}

/**
 * Starts the service or the sandbox. If one ends, the other is stopped.
 * @param {string} file
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} [nodeOptions]
 * @param {readonly string[]} [args]
 */
function startService(file, env, nodeOptions = [], args = []) {
  const child = run(file, args, {
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    nodeOptions: [...nodeOptions, ...(isWatching ? ['--watch', '--watch-preserve-output'] : [])],
  });
  void ended(child).then(stop);
  return child;
}

/** Returns `--miniprogram` and its folder, which are the sandbox's. */
function ownMiniProgram() {
  const at = process.argv.indexOf('--miniprogram');
  return at === -1 ? [] : process.argv.slice(at, at + 2);
}

/**
 * Resolves to whether a process reports that it listens, before it ends. An answer at its port may be another process's.
 * @param {import('../processes.mjs').ChildProcess} child
 * @returns {Promise<boolean>}
 */
function isReady(child) {
  return new Promise((resolve) => {
    child.on('message', (message) => message === 'ready' && resolve(true)).on('exit', () => resolve(false));
  });
}

/**
 * Returns a host as a browser on this machine reaches it.
 * @param {string} host
 */
function hostOf(host) {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
