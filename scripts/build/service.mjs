// Bundles the service and its commands into the entry files of dist/apps and what these share in dist/shared.
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import ts from 'typescript';
import { EXTERNAL } from './external.mjs';
import { writeLicenses } from './licenses.mjs';
import { dropPackages } from './source-maps.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDERS = ['dist/apps/api', 'dist/apps/cli', 'dist/shared'];
const ENTRIES = ['api/src/main', 'cli/src/passport', 'cli/src/run', 'cli/src/docs/pages'];

/** Optional packages of the bundled ones, which are not installed. */
const ABSENT = [
  '@fastify/multipart',
  '@fastify/view',
  '@nestjs/microservices',
  '@nestjs/platform-express',
  '@nestjs/websockets',
  'class-transformer/storage',
];

/**
 * Gives each class of a compiled file its name as a static field: esbuild renames a class that uses itself, and each decorated
 * one. Its own `keepNames` also names each function whenever it is created, which cost up to a third of the CPU of a request.
 * @param {string} text
 */
function nameClasses(text) {
  const heads =
    /^(?:export )?(?:default )?(?:(?:let|const) \w+ = (?:\w+ = )?)?class (\w+)(?: extends .+)? \{$/gm;
  return text.replaceAll(heads, '$& static name = "$1";');
}

/** Compiles our sources. esbuild alone would lose the metadata of decorators, from which Nest knows what to inject. */
const typescript = {
  name: 'typescript',
  /** @param {import('esbuild').PluginBuild} build */
  setup({ onLoad }) {
    const { config } = ts.readConfigFile(`${ROOT}tsconfig.json`, ts.sys.readFile.bind(ts.sys));
    const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
    const compilerOptions = {
      ...options,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      sourceMap: false,
      inlineSourceMap: true,
    };
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: nameClasses(
        ts.transpileModule(readFileSync(path, 'utf8'), { fileName: path, compilerOptions }).outputText,
      ),
    }));
  },
};

/**
 * Names Nest's classes, and shows esbuild what Nest requires: with a `require` of its own, Nest would load a second copy from
 * node_modules.
 */
const nest = {
  name: 'nest',
  /** @param {import('esbuild').PluginBuild} build */
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]node_modules[\\/]@nestjs[\\/].*\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8').replace('const require = createRequire(import.meta.url);', '');
      return { contents: nameClasses(text) };
    });
  },
};

for (const folder of FOLDERS) rmSync(ROOT + folder, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: ROOT,
  entryPoints: ENTRIES.map((name) => `apps/${name}.ts`),
  outdir: 'dist',
  outbase: '.',
  chunkNames: 'shared/[name]-[hash]',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  external: [...EXTERNAL, ...ABSENT],
  plugins: [typescript, nest],
  // V8 holds the whole text in memory.
  minifyWhitespace: true,
  lineLimit: 200,
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  // CommonJS modules have these.
  banner: {
    js: "import { createRequire as createBundleRequire } from 'node:module';const require = createBundleRequire(import.meta.url);",
  },
  define: { __dirname: 'import.meta.dirname' },
  logLevel: 'warning',
});
for (const file of Object.keys(metafile.outputs)) if (file.endsWith('.map')) dropPackages(ROOT + file);
writeLicenses(ROOT, metafile, 'dist/licenses.txt');
