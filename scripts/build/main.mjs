// Builds the service, its console, the sandbox and its page into dist/, and the packages, in parallel. It does not check the types of service
// and sandbox, which takes as long as the rest: `npm run types` does, and so does `npm run start:dev`.
import { existsSync, rmSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { languageOf } from '../../apps/cli/src/language.js';
import { buildNest } from './nest.mjs';
import { ended, nest, onStopSignal, run, stopAll } from '../processes.mjs';

const WORDS = {
  en: {
    building: 'Building …',
    service: 'service',
    sandbox: 'sandbox',
    page: 'page of the sandbox',
    console: 'console',
  },
  zh: { building: '正在构建……', service: '服务', sandbox: '沙箱', page: '沙箱页面', console: '控制台' },
}[languageOf(process.env)];

const DIST = new URL('../../dist', import.meta.url);
// For .ci/run, whose suites each build first. The sources do not change between them.
if (process.env.REUSE_BUILD === '1' && existsSync(DIST)) process.exit();

console.log(WORDS.building);
onStopSignal(stopAll);
rmSync(DIST, { recursive: true, force: true });

/** @param {string} name @param {import('../processes.mjs').ChildProcess} child */
async function report(name, child) {
  if ((await ended(child)) === 0) console.log(`  ${name}: ${(performance.now() / 1000).toFixed(1)} s`);
  else process.exitCode = 1;
}

await Promise.all([
  report(WORDS.console, run('scripts/build/console.mjs')),
  report(WORDS.page, run('scripts/build/phone.mjs')),
  report(WORDS.sandbox, nest(['build', 'sandbox', '--path', 'scripts/build/tsconfig.sandbox.json'])),
  report(WORDS.service, run('scripts/build/service.mjs')),
  buildNest(),
]);
