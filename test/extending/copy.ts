import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll } from 'vitest';
import { useFolder } from '../support/folder.js';
import { ROOT } from '../support/process.js';

/** The files that a build, a lint and a test of a feature read. */
const COPIED = [
  'apps/api',
  'apps/cli',
  'apps/sandbox/clock',
  'apps/sandbox/server',
  'apps/sandbox/texts',
  'docs/openapi.json',
  'examples',
  'features',
  'libs',
  'scripts',
  'test/support',
  '.prettierrc.json',
  'architecture.js',
  'eslint.config.js',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
];

/** A copy of the repository, as a team has one, for the tests of one file. */
export function useCopy() {
  const folder = useFolder();
  /** Runs a script of the copy. @returns its exit code and output */
  const run = (file: string, ...args: string[]): [number | null, string] => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'], LANG: 'C' },
      encoding: 'utf8',
    });
    return [status, stdout + stderr];
  };
  beforeAll(() => {
    for (const name of COPIED) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  });
  return { folder, run, newFeature: (name: string) => run('scripts/new-feature.mjs', name) };
}
