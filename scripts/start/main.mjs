// Builds and starts the service and the sandbox, prints where they are, and stops both together.
// --watch: compiles and restarts after each change. --built: starts what was built before.
import { languageOf } from '../language.mjs';
import { ended, onStopSignal, run, stopAll } from '../processes.mjs';
import { compileOnChange } from './compile-on-change.mjs';
import { findPorts, PortTakenError } from './ports.mjs';
import { WORDS } from './words.mjs';

const words = WORDS[languageOf(process.env.LANG)];
const isWatching = process.argv.includes('--watch');
let isStopping = false;

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

/** @param {{ PORT: string, SANDBOX_PORT: string }} ports */
async function startBoth({ PORT, SANDBOX_PORT }) {
  console.log(words.starting);
  const api = `http://${hostOf(process.env.HOST || '127.0.0.1')}:${PORT}`;
  const env = { ...process.env, PORT, SANDBOX_PORT, API_URL: api };
  const files = ['dist/apps/sandbox/server/main.js', 'dist/apps/api/src/main.js'];
  const ready = await Promise.all(files.map((file) => isReady(startService(file, env))));
  if (!ready.every(Boolean) || isStopping) return;
  const sandbox = `http://127.0.0.1:${SANDBOX_PORT}`;
  console.log(words.running({ api, sandbox, isDefaultPort: PORT === '8000' }));
}

/**
 * Starts one of the two. If it ends, so does the other.
 * @param {string} file
 * @param {NodeJS.ProcessEnv} env
 */
function startService(file, env) {
  const child = run(file, [], {
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    nodeOptions: isWatching ? ['--watch', '--watch-preserve-output'] : [],
  });
  void ended(child).then(stop);
  return child;
}

/**
 * Whether a process says that it listens, before it ends. An answer at its port would not do: it may be another process's.
 * @param {import('../processes.mjs').ChildProcess} child
 * @returns {Promise<boolean>}
 */
function isReady(child) {
  return new Promise((resolve) => {
    child.on('message', (message) => message === 'ready' && resolve(true)).on('exit', () => resolve(false));
  });
}

/**
 * A host as a browser on this machine reaches it.
 * @param {string} host
 */
function hostOf(host) {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
