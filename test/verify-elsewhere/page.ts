import { readFileSync } from 'node:fs';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

/** Returns whether docs/verify-elsewhere.md has the code that the tests run. */
export function pageShows(language: string, file: string): boolean {
  return read('../../docs/verify-elsewhere.md').includes(`\`\`\`${language}\n${read(file)}\`\`\``);
}
