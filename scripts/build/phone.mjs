// Builds the sandbox's page into dist/apps/sandbox/phone: the control workbench, and the phone with the mini-program in it.
// The mini-program imports the client package, which is built first. --watch: again after each change of the page.
import { fileURLToPath } from 'node:url';
import { context } from 'esbuild';
import { phoneOptions } from '../phone/options.mjs';
import { buildClient } from './client.mjs';

/** @param {string} path below the repository */
const inRepository = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

await buildClient();
const phone = phoneOptions(inRepository('miniprogram'));
const page = await context({
  ...phone,
  entryPoints: {
    ...phone.entryPoints,
    workbench: inRepository('apps/sandbox/phone/workbench/main.ts'),
    'workbench-style': inRepository('apps/sandbox/phone/workbench/workbench.css'),
  },
  minify: true,
  sourcemap: true,
  logLevel: 'warning',
});
if (process.argv.includes('--watch')) {
  await page.watch();
} else {
  await page.rebuild();
  await page.dispose();
}
