import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cleanup } from './cleanup.js';
import { execute } from './processes.js';
import { ENTRY } from './service.js';

/** Reports that Git does not find a commit of that name. */
export class UnknownRef extends Error {}

/** Returns the commit of a branch, a tag or a commit id. @throws {UnknownRef} */
export async function commitOf(root: string, ref: string, cleanup: Cleanup): Promise<string> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
  const commit = await execute('git', args, root, cleanup).catch(() => undefined);
  if (commit === undefined) throw new UnknownRef(`--compare: git knows no commit "${ref}"`);
  return commit.trim();
}

/**
 * Builds a commit in a temporary working tree, which the cleanup removes, and returns its root.
 * @param root of this working tree; its dependencies are used if they include those of the commit
 * @throws {Error} if the build fails, or if it does not build the service
 */
export async function buildCommit(root: string, commit: string, cleanup: Cleanup): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'weapp-passport-ref-'));
  const tree = join(folder, 'tree');
  cleanup.defer(() => {
    // rmSync removes a link, not its target.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    execFileSync('git', ['worktree', 'prune'], { cwd: root });
  });
  await execute('git', ['worktree', 'add', '--detach', tree, commit], root, cleanup);
  const ours = packagesOf(root);
  if (packagesOf(tree).every((each) => ours.includes(each)))
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'), 'junction');
  else await execute('npm', ['ci', '--include=dev'], tree, cleanup);
  await execute('npm', ['run', 'build'], tree, cleanup);
  if (!existsSync(join(tree, ENTRY))) throw new Error(`${commit} builds no ${ENTRY}`);
  return tree;
}

/** Returns all packages of a tree: those that are bundled into the service are development dependencies. */
function packagesOf(tree: string): string[] {
  const { packages } = JSON.parse(readFileSync(join(tree, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string }>;
  };
  const installed = Object.entries(packages).filter(([path]) => path !== '');
  return installed.map(([path, { version }]) => `${path}@${version}`);
}
