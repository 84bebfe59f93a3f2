import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/process.js';

/** The commit that was version 0.1.0. */
const COMMIT = 'ad2589edfdc45211ee9af754f508e35f081470fc';
const BUILDS = join(ROOT, 'node_modules/.cache/weapp-passport');

/** Whether this clone has the history that version 0.1.0 is built from. A shallow clone has not. */
export function hasFirstRelease(): boolean {
  try {
    execFileSync('git', ['cat-file', '-e', `${COMMIT}^{commit}`], { cwd: ROOT, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Builds the service of version 0.1.0 with its own dependencies, once for each checkout.
 * @returns its folder
 */
export function buildFirstRelease(): string {
  const folder = join(BUILDS, COMMIT);
  if (existsSync(folder)) return folder;
  mkdirSync(BUILDS, { recursive: true });
  // Not below node_modules, where tsc compiles nothing.
  const building = mkdtempSync(join(tmpdir(), 'weapp-passport-0.1.0-'));
  const run = (command: string, args: string[], cwd = building) =>
    execFileSync(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 1024 * 1024 });
  const archive = join(building, 'source.tar');
  run('git', ['archive', '--output', archive, COMMIT], ROOT);
  run('tar', ['-xf', archive]);
  // Without the minute that compiling sqlite3 takes: this version uses the same one.
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  cpSync(join(ROOT, 'node_modules/sqlite3/build'), join(building, 'node_modules/sqlite3/build'), {
    recursive: true,
  });
  run('node', ['node_modules/@nestjs/cli/bin/nest.js', 'build', 'api']);
  const built = mkdtempSync(join(BUILDS, 'built-'));
  for (const name of ['dist', 'node_modules', 'package.json']) {
    cpSync(join(building, name), join(built, name), { recursive: true, verbatimSymlinks: true });
  }
  rmSync(building, { recursive: true });
  try {
    renameSync(built, folder);
  } catch (error) {
    // Another process has built it meanwhile.
    if (!existsSync(folder)) throw error;
    rmSync(built, { recursive: true });
  }
  return folder;
}
