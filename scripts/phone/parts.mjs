// What a mini-program consists of: its app.json, and the pages and components that it names.
import { posix } from 'node:path';
import { MiniProgramError } from './folder.mjs';

/** @typedef {import('./folder.mjs').MiniProgramFolder} Folder */
/** @typedef {Record<string, unknown> & { usingComponents?: Record<string, string> }} PartJson */
/** @typedef {PartJson & { pages: string[], tabBar?: { list: { pagePath: string }[] } }} AppJson */

/**
 * Returns app.json with the pages of its subpackages among the others, and with paths from the root.
 * @param {Folder} folder
 * @returns {AppJson}
 */
export function readApp(folder) {
  const app = folder.json('app.json');
  /** @type {{ root: string, pages: string[] }[]} */
  const subpackages = app.subPackages ?? app.subpackages ?? [];
  const inside = subpackages.flatMap(({ root, pages }) => pages.map((page) => posix.join(root, page)));
  const all = [...(app.pages ?? []), ...inside];
  if (all.length === 0) throw new MiniProgramError('app.json lists no pages');
  const pages = app.entryPagePath ? [...new Set([app.entryPagePath, ...all])] : all;
  for (const page of pages) {
    if (!folder.has(`${page}.wxml`))
      throw new MiniProgramError(`app.json lists the page ${page}, but ${page}.wxml is missing`);
  }
  for (const { pagePath } of app.tabBar?.list ?? []) {
    if (!pages.includes(pagePath))
      throw new MiniProgramError(`app.json: a tab has the page ${pagePath}, which "pages" does not list`);
  }
  return { ...app, pages, usingComponents: componentsOf(folder, app, 'app') };
}

/**
 * Returns the json of each page and of each component that is used, by its path, with paths from the root.
 * @param {Folder} folder
 * @param {AppJson} app
 */
export function readParts(folder, app) {
  /** @type {Map<string, PartJson>} */
  const parts = new Map();
  const paths = new Set([...app.pages, ...pathsOf(app)]);
  // A Set iterates over later additions too, so components of components are found.
  for (const path of paths) {
    const json = folder.has(`${path}.json`) ? folder.json(`${path}.json`) : {};
    parts.set(path, { ...json, usingComponents: componentsOf(folder, json, path) });
    for (const used of pathsOf(parts.get(path) ?? {})) paths.add(used);
    if (!folder.has(`${path}.js`) && !folder.has(`${path}.ts`))
      throw new MiniProgramError(`${path}.js is missing`);
  }
  return parts;
}

/** @param {PartJson} json */
const pathsOf = ({ usingComponents = {} }) => Object.values(usingComponents).map((path) => path.slice(1));

/**
 * @param {Folder} folder
 * @param {PartJson} json
 * @param {string} from path of the part
 */
function componentsOf(folder, { usingComponents = {} }, from) {
  return Object.fromEntries(
    Object.entries(usingComponents).map(([name, path]) => [name, `/${resolved(folder, path, from)}`]),
  );
}

/**
 * Resolves a path as WeChat does: from the root with a leading slash, else from the file that contains it, else in
 * 构建 npm.
 * @param {Folder} folder
 * @param {string} path
 * @param {string} from
 */
function resolved(folder, path, from) {
  if (/^\w+:\/\//.test(path))
    throw new MiniProgramError(`${from}.json: the phone has no plugins, and so no ${path}`);
  const own = path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(from), path);
  const packaged = posix.join('miniprogram_npm', path);
  const found = [own, packaged, `${packaged}/index`].find((each) => folder.has(`${each}.json`));
  if (found === undefined)
    throw new MiniProgramError(`${from}.json uses ${path}, but ${own}.json is missing`);
  return found;
}
