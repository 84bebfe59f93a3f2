// Builds everything into dist/: the service, the sandbox and its page, side by side.
import { rmSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { languageOf } from '../language.mjs';
import { ended, nest, onStopSignal, run, stopAll } from '../processes.mjs';

const WORDS = {
  en: { building: 'Building …', service: 'service', sandbox: 'sandbox', page: 'page of the sandbox' },
  zh: { building: '正在构建……', service: '服务', sandbox: '沙箱', page: '沙箱页面' },
}[languageOf(process.env.LANG)];

console.log(WORDS.building);
onStopSignal(stopAll);
rmSync(new URL('../../dist', import.meta.url), { recursive: true, force: true });

/** @param {string} name @param {import('../processes.mjs').ChildProcess} child */
async function report(name, child) {
  if ((await ended(child)) === 0) console.log(`  ${name}: ${(performance.now() / 1000).toFixed(1)} s`);
  else process.exitCode = 1;
}

await Promise.all([
  report(WORDS.page, run('scripts/build/phone.mjs')),
  report(WORDS.sandbox, nest(['build', 'sandbox'])),
  report(WORDS.service, nest(['build', 'api'])),
]);
