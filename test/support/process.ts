import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { resolve as pathOf } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The folder of this repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A program of this repository in a process of its own, as its user starts it, with the given environment only. */
export class Program {
  output = '';
  private readonly child: ChildProcess;
  private readonly exit: Promise<number | null>;

  /** @param file below {@link ROOT}, or an absolute path */
  constructor(
    file: string,
    env: NodeJS.ProcessEnv,
    cwd?: string,
    args: readonly string[] = [],
    nodeOptions: readonly string[] = [],
  ) {
    this.child = spawn(process.execPath, [...nodeOptions, pathOf(ROOT, file), ...args], {
      env: { PATH: process.env['PATH'], ...env },
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.exit = once(this.child, 'close').then(([code]) => code as number | null);
  }

  /** Waits until the program has printed a text. Fails if it ends before, or after a minute. */
  async prints(text: string): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (!this.output.includes(text)) {
      if (this.child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`did not print "${text}" but:\n${this.output}`);
      }
      await sleep(10);
    }
  }

  /** Returns the exit code, once the program has ended. */
  ended(): Promise<number | null> {
    return this.exit;
  }

  /** Sends a signal and returns the exit code. */
  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal);
    return this.exit;
  }
}

/** Returns the port if nothing listens there, else a free one. */
export function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .on('error', () => {
        if (wanted === 0) reject(new Error('there is no free port'));
        else resolve(freePort());
      })
      .listen(wanted, '127.0.0.1', () => {
        const { port } = server.address() as { port: number };
        server.close(() => {
          resolve(port);
        });
      });
  });
}
