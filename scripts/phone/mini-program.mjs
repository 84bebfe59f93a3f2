import { createRequire } from 'node:module';
import { join, posix } from 'node:path';
import { build as bundle } from 'esbuild';
import { MiniProgramError, MiniProgramFolder } from './folder.mjs';
import { readApp, readParts } from './parts.mjs';
import { compileWxss } from './wxss.mjs';

/** @typedef {import('./parts.mjs').PartJson} PartJson */

/** @type {typeof import('glass-easel-template-compiler')} */
const { TmplGroup } = createRequire(import.meta.url)('glass-easel-template-compiler');
const PICTURE = /\.(png|jpe?g|gif|webp|svg)$/i;

/**
 * Returns an esbuild plugin that loads the folder of a mini-program as two modules: `mini-program:code` (see
 * apps/sandbox/phone/mini-program-code.d.ts) and, to be imported from CSS, `mini-program:style`. It reads nothing
 * outside of the folder.
 * @param {string} path of the folder of app.json
 * @returns {import('esbuild').Plugin}
 */
export const miniProgram = (path) => ({
  name: 'mini-program',
  setup(build) {
    build.onResolve({ filter: /^mini-program:(code|style)$/ }, ({ path }) => ({
      path,
      namespace: 'mini-program',
    }));
    // An address in a style is the browser's to find.
    build.onResolve({ filter: /./, namespace: 'mini-program' }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /:code$/, namespace: 'mini-program' }, async () => {
      const folder = new MiniProgramFolder(path);
      return { contents: withoutBrowser(await bundled(folder)), loader: 'js', ...watched(folder) };
    });
    build.onLoad({ filter: /:style$/, namespace: 'mini-program' }, () => {
      const folder = new MiniProgramFolder(path);
      return { contents: styleOf(folder), loader: 'css', ...watched(folder) };
    });
  },
});

/** @param {MiniProgramFolder} folder */
const watched = (folder) => ({
  resolveDir: folder.root,
  watchFiles: folder.files().map((file) => join(folder.root, file)),
});

/** What a browser has and a phone has not: undefined in the code of a mini-program. */
export const HIDDEN_GLOBALS = [
  'AbortController',
  'AbortSignal',
  'Blob',
  'FormData',
  'Headers',
  'Request',
  'Response',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'URLSearchParams',
  'WebSocket',
  'XMLHttpRequest',
  'crypto',
  'document',
  'fetch',
  'localStorage',
  'location',
  'navigator',
  'sessionStorage',
  'structuredClone',
  'window',
];

/**
 * Makes a module of a mini-program's code that does not see what a phone lacks. The inner function lets the code have
 * variables of these names.
 * @param {string} code CommonJS
 */
const withoutBrowser = (code) => `const module = { exports: {} };
(function (${HIDDEN_GLOBALS.join(', ')}) { (function () { ${code}
})(); })();
export const { app, theme, pictures, runApp, parts, templates } = module.exports;`;

/**
 * The code of a mini-program in one piece.
 * @param {MiniProgramFolder} folder
 */
async function bundled(folder) {
  const { outputFiles } = await bundle({
    stdin: { contents: codeOf(folder), resolveDir: folder.root, loader: 'js' },
    // Errors name files from there.
    absWorkingDir: folder.root,
    bundle: true,
    write: false,
    format: 'cjs',
    target: 'es2022',
    charset: 'utf8',
    sourcemap: 'inline',
    logLevel: 'silent',
    plugins: [onlyFrom(folder)],
  });
  return outputFiles[0]?.text ?? '';
}

/**
 * Lets scripts load scripts of the mini-program. As in WeChat, a name without a path is a package of 构建 npm, and a
 * path with a leading slash begins at the root.
 * @param {MiniProgramFolder} folder
 * @returns {import('esbuild').Plugin}
 */
const onlyFrom = (folder) => ({
  name: 'only-from-the-mini-program',
  setup(build) {
    build.onResolve({ filter: /^[a-z@/]/i }, async ({ path, pluginData }) => {
      if (pluginData === folder) return undefined;
      const inside = path.startsWith('/') ? `.${path}` : `./miniprogram_npm/${path}`;
      const found = await build.resolve(inside, {
        kind: 'import-statement',
        resolveDir: folder.root,
        pluginData: folder,
      });
      if (found.errors.length === 0) return found;
      const hint = path.startsWith('/') ? '' : ': it is no package of miniprogram_npm (构建 npm)';
      return { errors: [{ text: `"${path}" is not found${hint}` }] };
    });
    build.onLoad({ filter: /./, namespace: 'file' }, ({ path }) =>
      folder.contains(path) ? undefined : { errors: [{ text: `${path} is outside of the mini-program` }] },
    );
  },
});

/** @param {MiniProgramFolder} folder */
function codeOf(folder) {
  const app = readApp(folder);
  const parts = readParts(folder, app);
  const code = [...parts].map(
    ([path, json], index) => `${JSON.stringify(path)}: {
      scope: '${scopeOf(index)}',
      json: ${JSON.stringify(json)},
      run: () => require(${JSON.stringify(`./${path}`)}),
    }`,
  );
  const pictures = folder.files().filter((file) => PICTURE.test(file));
  return `
    export const app = ${withPictures(folder, app)};
    export const theme = ${folder.has('theme.json') ? withPictures(folder, folder.json('theme.json')) : '{}'};
    export const pictures = ${JSON.stringify(Object.fromEntries(pictures.map((file) => [file, dataUrl(folder, file)])))};
    export const runApp = () => require('./app');
    export const parts = { ${code.join(',\n')} };
    export const templates = ${templatesOf(folder, [...parts.keys()])};
  `;
}

/**
 * Returns JSON with its pictures inlined: the page has no server for the files of a mini-program.
 * @param {MiniProgramFolder} folder
 * @param {unknown} json
 */
function withPictures(folder, json) {
  return JSON.stringify(json, (_, value) =>
    typeof value === 'string' && PICTURE.test(value) && !/^(https?|data):/.test(value)
      ? dataUrl(folder, value)
      : value,
  );
}

/**
 * @param {MiniProgramFolder} folder
 * @param {string} file
 */
function dataUrl(folder, file) {
  const ending = posix.extname(file).slice(1).toLowerCase();
  const type = { jpg: 'jpeg', svg: 'svg+xml' }[ending] ?? ending;
  return `data:image/${type};base64,${folder.bytes(file).toString('base64')}`;
}

/** @param {MiniProgramFolder} folder */
function styleOf(folder) {
  const paths = [...readParts(folder, readApp(folder)).keys()];
  const scoped = paths.map((path, index) => compiledWxss(folder, path, scopeOf(index)));
  return [compiledWxss(folder, 'app', ''), ...scoped].join('\n');
}

/**
 * @param {MiniProgramFolder} folder
 * @param {string} path without `.wxss`
 * @param {string} scope
 */
function compiledWxss(folder, path, scope) {
  const other = ['less', 'scss', 'sass'].find((ending) => folder.has(`${path}.${ending}`));
  if (!folder.has(`${path}.wxss`)) {
    if (other) throw new MiniProgramError(`${path}.${other}: the phone reads .wxss only. Compile it first`);
    return '';
  }
  try {
    return compileWxss(withImports(folder, `${path}.wxss`, new Set()), scope);
  } catch (error) {
    if (error instanceof MiniProgramError) throw error;
    throw new MiniProgramError(`${path}.wxss: ${error instanceof Error ? error.message : error}`);
  }
}

/**
 * Returns a style sheet with those that it imports in their places.
 * @param {MiniProgramFolder} folder
 * @param {string} file
 * @param {ReadonlySet<string>} importers
 * @returns {string}
 */
function withImports(folder, file, importers) {
  if (importers.has(file)) throw new MiniProgramError(`${file} imports itself`);
  const wxss = folder.text(file).replace(/\/\*.*?\*\//gs, '');
  return wxss.replace(/@import\s+(?:url\()?["']([^"']+)["']\)?\s*;/g, (_, /** @type {string} */ path) => {
    const imported = path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(file), path);
    return withImports(folder, imported, new Set([...importers, file]));
  });
}

/**
 * Returns the prefix of the class names of one page or component, as glass-easel writes it.
 * @param {number} index of the part in `readParts`
 */
const scopeOf = (index) => `p${index}`;

/**
 * @param {MiniProgramFolder} folder
 * @param {readonly string[]} parts
 */
function templatesOf(folder, parts) {
  const group = new TmplGroup();
  const paths = new Set(parts);
  for (const path of paths) {
    // The compiler knows only the form with a colon.
    const wxml = folder.text(`${path}.wxml`).replace(/\s(bind|catch)(?=[a-z]+=)/g, ' $1:');
    for (const { isError, message, startLine } of group.addTmpl(path, wxml)) {
      const fault = `${path}.wxml, line ${startLine + 1}: ${message}`;
      if (isError) throw new MiniProgramError(fault);
      console.warn(fault);
    }
    // What a template imports is compiled with it; the compiler gives paths from the root.
    for (const imported of group.getDirectDependencies(path)) paths.add(imported);
    for (const script of group.getScriptDependencies(path))
      group.addScript(script, folder.text(`${script}.wxs`));
  }
  return group.getTmplGenObjectGroups();
}
