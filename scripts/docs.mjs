// Writes the generated pages from the built service; with --check it only reports the pages that are out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { renderClientTypes } from './client-types.mjs';
import { renderFidelity } from './fidelity.mjs';
import { renderSupported } from './phone/supported.mjs';

/** @type {typeof import('../apps/cli/src/docs/pages.js')} */
const { renderCommands, renderPages } = await import(
  new URL('../dist/apps/cli/src/docs/pages.js', import.meta.url).href
);
/** @type {typeof import('../apps/sandbox/server/state/errcodes.js')} */
const { ERRCODES } = await import(
  new URL('../dist/apps/sandbox/server/state/errcodes.js', import.meta.url).href
);

const check = process.argv.includes('--check');
const { pages, storedColumns } = await renderPages();
const supported = renderSupported();
const files = {
  ...Object.fromEntries(Object.entries(pages).map(([name, text]) => [`docs/${name}`, text])),
  'docs/cli.md': between('commands', read('docs/cli.md'), await renderCommands('en')),
  'docs/zh-CN/cli.md': between('commands', read('docs/zh-CN/cli.md'), await renderCommands('zh')),
  'docs/personal-data.md': await withColumns('docs/personal-data.md', storedColumns('en')),
  'docs/zh-CN/personal-data.md': await withColumns('docs/zh-CN/personal-data.md', storedColumns('zh')),
  'docs/sandbox.md': between('phone', read('docs/sandbox.md'), supported),
  'docs/zh-CN/sandbox.md': between('phone', read('docs/zh-CN/sandbox.md'), supported),
  'docs/fidelity.md': await renderFidelity('en', ERRCODES),
  'docs/zh-CN/fidelity.md': await renderFidelity('zh', ERRCODES),
  'packages/client/src/api-types.ts': await renderClientTypes(pages['openapi.json'] ?? ''),
};
const stale = Object.entries(files).filter(([name, text]) => {
  if (read(name) === text) return false;
  if (!check) writeFileSync(fileOf(name), text);
  return true;
});
for (const [name] of stale) console.log(`${name} ${check ? 'is out of date: run npm run docs' : 'written'}`);
if (check && stale.length > 0) process.exitCode = 1;

/**
 * Returns a page with its generated part replaced.
 * @param {string} part its name in the comments around it
 * @param {string} page
 * @param {string} text
 */
function between(part, page, text) {
  const [before, after] = page.split(
    new RegExp(`(?<=<!-- ${part}:start -->\\n).*(?=<!-- ${part}:end -->)`, 's'),
  );
  return `${before}\n${text}\n${after}`;
}

/**
 * Returns the page on personal data with the table of the columns.
 * @param {string} name
 * @param {string} columns
 */
async function withColumns(name, columns) {
  return format(between('columns', read(name), columns), { parser: 'markdown' });
}

/** @param {string} name below the repository */
function fileOf(name) {
  return new URL(`../${name}`, import.meta.url);
}

/** @param {string} name below the repository */
function read(name) {
  try {
    return readFileSync(fileOf(name), 'utf8');
  } catch {
    return '';
  }
}
