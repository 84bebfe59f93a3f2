// Builds the client package, and copies it into our mini-program as 构建 npm of WeChat's devtools does.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { minify } from 'terser';
import { declareTypes } from './declare-types.mjs';

/** @param {string} path below the repository */
const inRepository = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const SOURCES = inRepository('packages/client/src');
const DIST = inRepository('packages/client/dist');
const NPM = inRepository('miniprogram/miniprogram_npm/weapp-passport-client');
const ENTRIES = /** @type {const} */ (['index', 'explain', 'upload', 'download']);

/** For `import` the module format; for `require` and for mini-programs CommonJS. */
const FORMATS = /** @type {const} */ ([
  { folder: 'miniprogram', format: 'cjs', extension: '.js' },
  { folder: 'esm', format: 'esm', extension: '.mjs' },
]);

/** Private names of members of the client: they are shortened. */
const INTERNAL =
  'currentTokens|isUsable|markRefused|endsWithSession|onExternalChange|ensure|onCancel|isOver|race|reread|deviceKey|announce|endSession|lease|breaker|renewal|loginCode|tokens';

/** Builds packages/client/dist, and the copy in miniprogram/. */
export async function buildClient() {
  rmSync(DIST, { recursive: true, force: true });
  await Promise.all(FORMATS.flatMap((format) => ENTRIES.map((name) => writeBundle(name, format))));
  declareEntries();
  rmSync(NPM, { recursive: true, force: true });
  mkdirSync(NPM, { recursive: true });
  cpSync(`${DIST}/miniprogram`, NPM, { recursive: true });
}

/**
 * Writes one entry. It is minified here, since a mini-program counts every byte and not every framework minifies packages.
 * @param {string} name
 * @param {FORMATS[number]} format
 */
async function writeBundle(name, { folder, format, extension }) {
  const { outputFiles } = await build({
    entryPoints: [`${SOURCES}/${name}.ts`],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2017',
    charset: 'utf8',
    logLevel: 'warning',
  });
  const text = outputFiles[0]?.text ?? '';
  const { code = '' } = await minify(format === 'cjs' ? commonJs(text) : text, {
    ecma: 2017,
    module: format === 'esm',
    toplevel: true,
    compress: { passes: 3, unsafe_arrows: true, keep_fargs: false },
    mangle: { properties: { regex: new RegExp(`^(${INTERNAL})$`) } },
  });
  mkdirSync(`${DIST}/${folder}`, { recursive: true });
  writeFileSync(`${DIST}/${folder}/${name}${extension}`, `${code}\n`);
}

/**
 * Returns a bundle without imports as a CommonJS module: esbuild's own form costs half a kilobyte each.
 * @param {string} esm
 */
function commonJs(esm) {
  return esm.replace(/^export \{([^}]+)\};$/m, (_, names) => {
    const exported = String(names)
      .split(',')
      .map((name) => `exports.${name.trim()} = ${name.trim()};`);
    return ['exports.__esModule = true;', ...exported].join('\n');
  });
}

/** Writes the `.d.ts` files next to the CommonJS entries, and references to them for the others. */
function declareEntries() {
  declareTypes(SOURCES, `${DIST}/miniprogram`);
  for (const name of ENTRIES)
    writeFileSync(`${DIST}/esm/${name}.d.mts`, `export * from '../miniprogram/${name}.js';\n`);
}
