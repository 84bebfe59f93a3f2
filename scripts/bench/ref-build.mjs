import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execute, npm } from './commands.mjs';
import { ENTRY } from './service.mjs';

/** Git knows no commit of that name. */
export class UnknownRef extends Error {}

/**
 * The commit that a name stands for.
 * @param {string} root of a working tree
 * @param {string} ref a branch, a tag, a commit
 * @param {import('./cleanup.mjs').Cleanup} cleanup
 * @throws {UnknownRef}
 */
export async function commitOf(root, ref, cleanup) {
  const command = ['git', 'rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
  const commit = await execute(command, root, cleanup).catch(() => {
    throw new UnknownRef(`--compare: git knows no commit "${ref}"`);
  });
  return commit.trim();
}

/**
 * Builds a commit in a working tree of its own.
 * @param {string} root of this working tree, whose dependencies serve where both ask for the same ones
 * @param {string} commit
 * @param {import('./cleanup.mjs').Cleanup} cleanup removes the new tree
 * @returns {Promise<string>} the root of the new tree
 * @throws {Error} when it does not build, or what it builds is no service
 */
export async function buildCommit(root, commit, cleanup) {
  const folder = mkdtempSync(join(tmpdir(), 'weapp-passport-ref-'));
  const tree = join(folder, 'tree');
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  cleanup.defer(() => removeTree(root, tree));
  await execute(['git', 'worktree', 'add', '--detach', tree, commit], root, cleanup);
  await giveDependencies(root, tree, cleanup);
  await execute(npm('run', 'build'), tree, cleanup);
  if (!existsSync(join(tree, ENTRY))) throw new Error(`${commit} builds no ${ENTRY}`);
  return tree;
}

/**
 * @param {string} root
 * @param {string} tree
 * @param {import('./cleanup.mjs').Cleanup} cleanup
 */
async function giveDependencies(root, tree, cleanup) {
  const [ours, theirs] = [root, tree].map((folder) =>
    readFileSync(join(folder, 'package-lock.json'), 'utf8'),
  );
  if (ours === theirs) symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'), 'junction');
  else await execute(npm('ci', '--include=dev'), tree, cleanup);
}

/**
 * @param {string} root
 * @param {string} tree
 */
function removeTree(root, tree) {
  const link = lstatSync(join(tree, 'node_modules'), { throwIfNoEntry: false });
  // Before anything that removes a folder with all it holds could follow it into this tree.
  if (link?.isSymbolicLink()) unlinkSync(join(tree, 'node_modules'));
  if (existsSync(tree)) execFileSync('git', ['worktree', 'remove', '--force', tree], { cwd: root });
}
