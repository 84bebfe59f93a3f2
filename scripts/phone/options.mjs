import { fileURLToPath } from 'node:url';
import { miniProgram } from './mini-program.mjs';

/** @param {string} path below the repository */
const inRepository = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/**
 * Returns how esbuild makes the phone of the sandbox with a mini-program in it: a script and a style sheet.
 * @param {string} folder of app.json
 */
export const phoneOptions = (folder) =>
  /** @type {const} @satisfies {import('esbuild').BuildOptions} */ ({
    entryPoints: {
      phone: inRepository('apps/sandbox/phone/runtime/main.ts'),
      'phone-style': inRepository('apps/sandbox/phone/runtime/phone.css'),
    },
    outdir: inRepository('dist/apps/sandbox/phone'),
    plugins: [miniProgram(folder)],
    bundle: true,
    format: 'iife',
    target: ['chrome111', 'firefox113', 'safari16.4'],
    charset: 'utf8',
  });
