import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What an operator sees of a command. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

let commands: ChildProcess | undefined;
let asked = 0;

/**
 * A command of an operator in a process that is there already: one of its own takes a second to start. Each command also has
 * a test that starts it as its user does.
 * @param file of `apps/cli/src`, without its ending
 */
export function ended(
  file: 'import-django' | 'keys' | 'users',
  env: NodeJS.ProcessEnv,
  ...args: string[]
): Promise<Ended> {
  const runner = (commands ??= start());
  const id = (asked += 1);
  return new Promise((resolve) => {
    const answered = (answer: Ended & { id: number }) => {
      if (answer.id !== id) return;
      runner.off('message', answered);
      resolve({ code: answer.code, output: answer.output });
    };
    runner.on('message', answered).send({ id, file, env, args });
  });
}

/** It ends with the process that started it. */
function start(): ChildProcess {
  const script = fileURLToPath(new URL('./commands.mjs', import.meta.url));
  const runner = fork(script, { env: { PATH: process.env['PATH'] }, execArgv: [] });
  runner.unref();
  runner.channel?.unref();
  return runner;
}
