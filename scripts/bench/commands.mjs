import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** It has a process group, so that what it has started ends with it. */
const GROUPS = process.platform !== 'win32';
const OUTPUT_LINES = 30;

/**
 * Runs a program to its end, and ends it with whatever it has started when the cleanup comes first.
 * @param {string[]} command
 * @param {string} folder
 * @param {import('./cleanup.mjs').Cleanup} cleanup
 * @returns {Promise<string>} its standard output
 * @throws {Error} with the last lines of its output, when it fails
 */
export async function execute([program = '', ...args], folder, cleanup) {
  const child = spawn(program, args, {
    cwd: folder,
    detached: GROUPS,
    // There npm is a script of the shell.
    shell: !GROUPS && program === 'npm',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  cleanup.defer(async () => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    if (GROUPS) process.kill(-child.pid, 'SIGKILL');
    else child.kill();
    await ended;
  });
  const [stdout, stderr, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (exitCode === 0) return stdout;
  const output = `${stdout}\n${stderr}`.trim().split('\n').slice(-OUTPUT_LINES).join('\n');
  throw new Error(`${[program, ...args].join(' ')} failed:\n${output}`);
}

/**
 * The command that runs npm: the npm that runs this program, where one does.
 * @param {string[]} args
 */
export function npm(...args) {
  const { npm_execpath: script } = process.env;
  return script === undefined ? ['npm', ...args] : [process.execPath, script, ...args];
}
