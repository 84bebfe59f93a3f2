import { type ChildProcess, fork } from 'node:child_process';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { run } from '../../apps/cli/src/run.js';

/** What an operator sees of a command. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, without the last line end. */
  readonly output: string;
}

let shared: ChildProcess | undefined;
let asked = 0;

/**
 * Runs a command of an operator in this process. For commands that do not use the service: two services in one process would
 * hear each other's events.
 */
export async function ranHere(env: NodeJS.ProcessEnv, ...argv: string[]): Promise<Ended> {
  const written = { stdout: '', stderr: '' };
  const into = (name: keyof typeof written) => ({ write: (text: string) => (written[name] += text) });
  const streams = { stdin: Readable.from([]), stdout: into('stdout'), stderr: into('stderr') };
  const code = await run(argv, { env, ...streams });
  return { code, ...written, output: (written.stdout + written.stderr).trimEnd() };
}

/** Runs a command of an operator in a process that many commands share: a process of its own takes a second to start. */
export const ended = (env: NodeJS.ProcessEnv, ...argv: string[]): Promise<Ended> =>
  endedWith('', env, ...argv);

/** Runs a command as {@link ended} does, with a text on its standard input. */
export const endedWith = (stdin: string, env: NodeJS.ProcessEnv, ...argv: string[]): Promise<Ended> =>
  endedIn((shared ??= startRunner()), stdin, env, ...argv);

/** Runs a command as {@link endedWith} does, in the process of a {@link startRunner}. */
export function endedIn(
  runner: ChildProcess,
  stdin: string,
  env: NodeJS.ProcessEnv,
  ...argv: string[]
): Promise<Ended> {
  const id = (asked += 1);
  return new Promise((resolve) => {
    const answered = ({ id: answeredId, ...answer }: Ended & { id: number }) => {
      if (answeredId !== id) return;
      runner.off('message', answered);
      resolve({ ...answer, output: (answer.stdout + answer.stderr).trimEnd() });
    };
    runner.on('message', answered).send({ id, env, argv, stdin });
  });
}

/**
 * Starts a process that runs commands. It ends with the process that started it.
 * @param env what Node.js itself reads; the commands do not see it
 */
export function startRunner(env: NodeJS.ProcessEnv = {}): ChildProcess {
  const script = fileURLToPath(new URL('./commands.mjs', import.meta.url));
  const runner = fork(script, { env: { PATH: process.env['PATH'], ...env }, execArgv: [] });
  runner.unref();
  runner.channel?.unref();
  return runner;
}
