// The processes that a script starts. They end with it.
import { spawn } from 'node:child_process';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** @type {Set<ChildProcess>} */
const running = new Set();

/**
 * Runs a file by Node.js without a shell, so that signals reach it, and on Windows too.
 * @param {string} file below the repository
 * @param {readonly string[]} [args]
 * @param {import('node:child_process').SpawnOptions & { nodeOptions?: readonly string[] }} [options]
 */
export function run(file, args = [], { nodeOptions = [], ...options } = {}) {
  const child = spawn(process.execPath, [...nodeOptions, ROOT + file, ...args], {
    stdio: 'inherit',
    ...options,
  });
  running.add(child);
  child.on('exit', () => running.delete(child));
  return child;
}

/**
 * Runs the Nest CLI.
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export const nest = (args, options) =>
  run('node_modules/@nestjs/cli/bin/nest.js', args, { cwd: ROOT, ...options });

/**
 * Resolves to the exit code of a process when it has ended; 1 if a signal ended it.
 * @param {ChildProcess} child
 * @returns {Promise<number>}
 */
export const ended = (child) => new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));

/** Sends SIGTERM to every process. */
export function stopAll() {
  for (const child of running) child.kill('SIGTERM');
}

const LOOK_FOR_PARENT_EVERY_MS = 250;

/**
 * Calls back on Ctrl-C and SIGTERM, and on a SIGTERM to npm: npm sends it to a shell, which ends without forwarding it.
 * Ctrl-C reaches every process of a terminal: the caller runs until the others have ended.
 * @param {() => void} stop
 */
export function onStopSignal(stop) {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, stop);
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, LOOK_FOR_PARENT_EVERY_MS).unref();
}
