import { type ChildProcess, execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Cleanup } from './cleanup.js';
import { KeepAlive } from './keep-alive.js';

const STARTS_WITHIN_MS = 20_000;
const STOPS_WITHIN_MS = 10_000;

/**
 * Runs a command to its end, or until the cleanup stops it.
 * @returns its standard output
 * @throws {Error} with its output, if it fails
 */
export async function execute(command: string, args: string[], cwd: string, cleanup: Cleanup) {
  // On Windows npm is a script of the shell.
  const options = { cwd, shell: process.platform === 'win32' && command === 'npm', maxBuffer: 2 ** 26 };
  const running = promisify(execFile)(command, args, options);
  cleanup.defer(() => stop(running.child));
  const { stdout } = await running.catch((error: unknown) => {
    throw new Error(`${String(error)}\n${(error as { stdout: string }).stdout}`);
  });
  return stdout;
}

/** Waits until a program accepts connections at 127.0.0.1. Returns false if it ends or does not listen in time. */
export async function waitUntilListening(child: ChildProcess, port: number): Promise<boolean> {
  const connection = new KeepAlive(port);
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (!(await connection.open().catch(() => undefined))) {
    if (hasEnded(child) || Date.now() > deadline) return false;
    await sleep(5);
  }
  connection.close();
  return true;
}

/** Returns a free port of 127.0.0.1. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await once(server.close(), 'close');
  return port;
}

/** Stops a program by SIGTERM, so that it can write its profile. Sends SIGKILL if that takes too long. */
export async function stop(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const killTimer = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS);
  await exit;
  clearTimeout(killTimer);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
