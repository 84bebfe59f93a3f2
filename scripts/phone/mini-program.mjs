import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, posix } from 'node:path';
import { compileWxss } from './wxss.mjs';

/** @typedef {{ usingComponents?: Record<string, string> }} ComponentJson */

/** @type {typeof import('glass-easel-template-compiler')} */
const { TmplGroup } = createRequire(import.meta.url)('glass-easel-template-compiler');

/**
 * An esbuild plugin that gives a mini-program's folder as two modules: `mini-program:code` (see
 * apps/sandbox/phone/mini-program-code.d.ts) and, to be imported from CSS, `mini-program:style`.
 * @param {string} folder where app.json lies
 * @returns {import('esbuild').Plugin}
 */
export const miniProgram = (folder) => ({
  name: 'mini-program',
  setup(build) {
    build.onResolve({ filter: /^mini-program:(code|style)$/ }, ({ path }) => ({
      path,
      namespace: 'mini-program',
    }));
    // As in WeChat: a name without a path is a package of 构建 npm.
    build.onResolve({ filter: /^[a-z@]/ }, ({ path, resolveDir }) =>
      resolveDir.startsWith(folder)
        ? build.resolve(`./miniprogram_npm/${path}`, { kind: 'import-statement', resolveDir: folder })
        : undefined,
    );
    build.onLoad({ filter: /:code$/, namespace: 'mini-program' }, () => ({
      contents: codeOf(folder),
      resolveDir: folder,
      watchFiles: filesOf(folder),
      loader: 'js',
    }));
    build.onLoad({ filter: /:style$/, namespace: 'mini-program' }, () => ({
      contents: styleOf(folder),
      resolveDir: folder,
      watchFiles: filesOf(folder),
      loader: 'css',
    }));
  },
});

/** @param {string} folder */
const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));

/** @param {string} folder */
function codeOf(folder) {
  const parts = partsOf(folder).map(
    (path, index) => `${JSON.stringify(path)}: {
      scope: '${scopeOf(index)}',
      json: ${JSON.stringify(readJson(folder, `${path}.json`))},
      run: () => require(${JSON.stringify(`./${path}`)}),
    }`,
  );
  const theme = existsSync(join(folder, 'theme.json')) ? readJson(folder, 'theme.json') : {};
  return `
    export const app = ${withPictures(folder, readJson(folder, 'app.json'))};
    export const theme = ${withPictures(folder, theme)};
    export const runApp = () => require('./app');
    export const parts = { ${parts.join(',\n')} };
    export const templates = ${templatesOf(folder)};
  `;
}

/**
 * JSON with the pictures that it names in their own place: the page has no server for the files of a mini-program.
 * @param {string} folder
 * @param {unknown} json
 */
function withPictures(folder, json) {
  return JSON.stringify(json, (_, value) =>
    typeof value === 'string' && value.endsWith('.png')
      ? `data:image/png;base64,${readFileSync(join(folder, value)).toString('base64')}`
      : value,
  );
}

/** @param {string} folder */
function styleOf(folder) {
  const scoped = partsOf(folder).map((path, index) => compileWxss(readWxss(folder, path), scopeOf(index)));
  return [compileWxss(readWxss(folder, 'app'), ''), ...scoped].join('\n');
}

/**
 * What stands before the class names of one page or component, as glass-easel writes them.
 * @param {number} index of the part in `partsOf`
 */
const scopeOf = (index) => `p${index}`;

/**
 * The paths of all pages and of the components that they use, without an ending.
 * @param {string} folder
 */
function partsOf(folder) {
  /** @type {{ pages: string[], usingComponents?: Record<string, string> }} */
  const app = readJson(folder, 'app.json');
  const parts = new Set([...app.pages, ...componentsOf(app)]);
  // A Set walks over what is added on the way, so components of components are found too.
  for (const path of parts)
    for (const used of componentsOf(readJson(folder, `${path}.json`), path)) parts.add(used);
  return [...parts];
}

/**
 * The components that a part uses, from the root of the mini-program.
 * @param {ComponentJson} json
 * @param {string} [from] path of the part
 */
function componentsOf({ usingComponents = {} }, from = '') {
  return Object.values(usingComponents).map((path) => resolved(path, from));
}

/**
 * A path as WeChat reads it: from the root with a leading slash, else from where it is written.
 * @param {string} path
 * @param {string} from
 */
function resolved(path, from) {
  return path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(from), path);
}

/** @param {string} folder */
function templatesOf(folder) {
  const group = new TmplGroup();
  const paths = new Set(partsOf(folder));
  for (const path of paths) {
    // The compiler knows only the form with a colon.
    const wxml = readFileSync(join(folder, `${path}.wxml`), 'utf8').replace(
      /\s(bind|catch)(?=[a-z]+=)/g,
      ' $1:',
    );
    const faults = group.addTmpl(path, wxml);
    for (const fault of faults)
      if (fault.isError) throw new Error(`${path}.wxml: ${JSON.stringify(fault)}`);
      else console.warn(`${path}.wxml: ${fault.message}, line ${fault.startLine + 1}`);
    // What a template imports is compiled with it; the compiler gives paths from the root.
    for (const imported of group.getDirectDependencies(path)) paths.add(imported);
    for (const script of group.getScriptDependencies(path))
      group.addScript(script, readFileSync(join(folder, `${script}.wxs`), 'utf8'));
  }
  return group.getTmplGenObjectGroups();
}

/**
 * @param {string} folder
 * @param {string} path without `.wxss`
 */
function readWxss(folder, path) {
  const file = join(folder, `${path}.wxss`);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/**
 * @param {string} folder
 * @param {string} file
 */
function readJson(folder, file) {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}
