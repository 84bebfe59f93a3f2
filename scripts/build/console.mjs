// Builds the operator's console into dist/console: index.html, and files whose names have a hash of their content.
// --watch: again after each change.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { context } from 'esbuild';
import { writeLicenses } from './licenses.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCES = `${ROOT}apps/console`;
const DIST = `${ROOT}dist/console`;

/** Writes index.html with the names of the other files, after each build without errors. */
const writeIndex = {
  name: 'write-index',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onEnd(({ outputFiles, metafile, errors }) => {
      if (errors.length > 0 || !metafile) return;
      rmSync(DIST, { recursive: true, force: true });
      mkdirSync(DIST, { recursive: true });
      let index = readFileSync(`${SOURCES}/index.html`, 'utf8');
      for (const { path, contents } of outputFiles ?? []) {
        const name = basename(path);
        writeFileSync(`${DIST}/${name}`, contents);
        index = index.replace(`{${name.replace(/-\w+\./, '.')}}`, `/console/${name}`);
      }
      writeFileSync(`${DIST}/index.html`, index);
      writeLicenses(ROOT, metafile, 'dist/console/licenses.txt');
    });
  },
};

const page = await context({
  absWorkingDir: ROOT,
  metafile: true,
  entryPoints: {
    main: `${SOURCES}/main.tsx`,
    style: `${SOURCES}/styles/console.css`,
    icon: `${SOURCES}/icon.svg`,
  },
  outdir: DIST,
  entryNames: '[name]-[hash]',
  bundle: true,
  write: false,
  minify: true,
  format: 'esm',
  target: ['es2022', 'chrome123', 'firefox120', 'safari17.5'],
  charset: 'utf8',
  loader: { '.svg': 'copy' },
  logLevel: 'warning',
  plugins: [writeIndex],
});
if (process.argv.includes('--watch')) {
  await page.watch();
} else {
  await page.rebuild();
  await page.dispose();
}
