// Writes the generated pages from the built service; with --check only says whether they are in sync.
import { readFileSync, writeFileSync } from 'node:fs';
import { renderClientTypes } from './client-types.mjs';

/** @type {typeof import('../apps/cli/src/docs/pages.js')} */
const { renderPages } = await import(new URL('../dist/apps/cli/src/docs/pages.js', import.meta.url).href);

const check = process.argv.includes('--check');
const pages = await renderPages();
const files = {
  ...Object.fromEntries(Object.entries(pages).map(([name, text]) => [`docs/${name}`, text])),
  'packages/client/src/api-types.ts': await renderClientTypes(pages['openapi.json'] ?? ''),
};
const stale = Object.entries(files).filter(([name, text]) => {
  const file = new URL(`../${name}`, import.meta.url);
  if (read(file) === text) return false;
  if (!check) writeFileSync(file, text);
  return true;
});
for (const [name] of stale) console.log(`${name} ${check ? 'is out of date: run npm run docs' : 'written'}`);
if (check && stale.length > 0) process.exitCode = 1;

/** @param {URL} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
