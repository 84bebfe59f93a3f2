import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Returns the options of Node.js with which `npm run start:prod` starts the service: the limits of its memory.
 * @param {string} root of a repository, or of another version of it
 * @returns {string[]}
 */
export function nodeOptionsOf(root) {
  /** @type {{ scripts: Record<string, string> }} */
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return scripts['start:prod']?.split(' ').filter((word) => word.startsWith('--')) ?? [];
}
