// Builds the package for Nest back ends.
import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { declareTypes } from './declare-types.mjs';

/** @param {string} path below the repository */
const inRepository = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const SOURCES = inRepository('packages/nest/src');
const DIST = inRepository('packages/nest/dist');

/**
 * Builds packages/nest/dist: one CommonJS file, which ESM applications import too, so that there is only one set of classes.
 * jose is in it, because it is ESM only, and Jest, which comes with Nest 11, cannot load that.
 */
export async function buildNest() {
  rmSync(DIST, { recursive: true, force: true });
  await build({
    entryPoints: [`${SOURCES}/index.ts`],
    outfile: `${DIST}/index.js`,
    bundle: true,
    external: ['@nestjs/*'],
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    keepNames: true,
    charset: 'utf8',
    logLevel: 'warning',
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  });
  declareTypes(SOURCES, DIST);
  cpSync(inRepository('node_modules/jose/LICENSE.md'), `${DIST}/jose.LICENSE.md`);
}
