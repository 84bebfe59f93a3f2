import { spawn, spawnSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** Debian's Python, because Debian's packages are in no other. */
const PYTHON = '/usr/bin/python3';

/** The answer to a token. */
export type PythonAnswer = [status: number, body: unknown];

/** A back end in Python, which needs packages of Debian. */
export interface PythonBackEnd {
  /** A folder next to this file with a script `ask.py`. */
  readonly folder: string;
  /** The name of the spec. */
  readonly spec: string;
  /** Imports that fail without the packages. */
  readonly needs: string;
  readonly packages: string;
}

/**
 * Returns whether a back end can run, and a function that asks it.
 * @returns `skips`: the packages are missing, which is an error in CI and a warning elsewhere
 */
export function usePython({ folder, spec, needs, packages }: PythonBackEnd) {
  const isThere = spawnSync(PYTHON, ['-c', needs]).status === 0;
  const missing = `${PYTHON} lacks packages. On Debian or Ubuntu: apt-get install ${packages}`;
  const skips = !isThere && process.env['CI'] !== 'true';
  if (skips) console.warn(`test/verify-elsewhere/${spec} is skipped: ${missing}`);
  return {
    skips,
    /** Returns the answers of the back end to each token. */
    ask: async (
      tokens: Readonly<Record<string, string>>,
      env: NodeJS.ProcessEnv,
    ): Promise<Record<string, PythonAnswer>> => {
      if (!isThere) throw new Error(missing);
      const child = spawn(PYTHON, ['-B', 'ask.py'], {
        cwd: fileURLToPath(new URL(folder, import.meta.url)),
        env: { PATH: process.env['PATH'], ...env },
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      child.stdin.end(JSON.stringify(tokens));
      return JSON.parse(await text(child.stdout)) as Record<string, PythonAnswer>;
    },
  };
}
