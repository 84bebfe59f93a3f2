// Builds the sandbox's page into dist/apps/sandbox/phone: the control desk, and the phone with the mini-program in it.
// The mini-program imports the client package, which is built first. --watch: again after each change of the page.
import { fileURLToPath } from 'node:url';
import { context } from 'esbuild';
import { miniProgram } from '../phone/mini-program.mjs';
import { buildClient } from './client.mjs';

/** @param {string} path below the repository */
const inRepository = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

await buildClient();
const page = await context({
  entryPoints: {
    desk: inRepository('apps/sandbox/phone/desk/main.ts'),
    'desk-style': inRepository('apps/sandbox/phone/desk/desk.css'),
    phone: inRepository('apps/sandbox/phone/runtime/main.ts'),
    'phone-style': inRepository('apps/sandbox/phone/runtime/phone.css'),
  },
  outdir: inRepository('dist/apps/sandbox/phone'),
  plugins: [miniProgram(inRepository('miniprogram'))],
  bundle: true,
  minify: true,
  sourcemap: true,
  format: 'iife',
  target: ['chrome111', 'firefox113', 'safari16.4'],
  charset: 'utf8',
  logLevel: 'warning',
});
if (process.argv.includes('--watch')) {
  await page.watch();
} else {
  await page.rebuild();
  await page.dispose();
}
