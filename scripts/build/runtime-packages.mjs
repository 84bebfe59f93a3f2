// Copies to the folder of the first argument what the bundle requires from node_modules when it runs, for an image: the
// external packages and those that they need, without sources, types and source maps.
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXTERNAL } from './external.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const [target = ''] = process.argv.slice(2);
if (target === '') throw new Error('usage: node scripts/build/runtime-packages.mjs <folder>');

/**
 * What these packages need when they run, if it is less than their dependencies: the others are for the installation.
 * @type {Record<string, string[] | undefined>}
 */
const NEEDED = { sqlite3: ['bindings'], 'swagger-ui-dist': [] };
/**
 * Files of a package that the service never reads, by the name of the package.
 * @type {Record<string, RegExp | undefined>}
 */
const UNUSED = {
  sqlite3: /^(deps|src|binding\.gyp|node-addon-api|build\/(?!Release(\/node_sqlite3\.node)?$))/,
  'swagger-ui-dist': /es-bundle|^log\./,
};
const UNUSED_ANYWHERE = /\.map$|\.[cm]?ts$/;

/** @type {Map<string, string>} names by folder */
const packages = new Map();
for (const name of EXTERNAL) add(name, ROOT);
for (const [folder, name] of packages) {
  const kept = (/** @type {string} */ file) => {
    const path = relative(folder, file);
    return (
      !path.startsWith('node_modules') && !UNUSED[name]?.test(path) && !UNUSED_ANYWHERE.test(basename(path))
    );
  };
  cpSync(folder, join(target, relative(ROOT, folder)), { recursive: true, filter: kept });
}

/** @param {string} name @param {string} from the folder whose code requires it */
function add(name, from) {
  const folder = installed(name, from);
  if (packages.has(folder)) return;
  packages.set(folder, name);
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const needed of NEEDED[name] ?? Object.keys(dependencies)) add(needed, folder);
}

/** Returns where Node finds a package: in the nearest node_modules. */
function installed(/** @type {string} */ name, /** @type {string} */ from) {
  const folder = join(from, 'node_modules', name);
  if (existsSync(folder)) return folder;
  if (relative(ROOT, from) === '') throw new Error(`${name} is not installed`);
  return installed(name, dirname(from));
}
