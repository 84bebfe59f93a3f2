import { nest, run } from '../processes.mjs';

/** Compiles the service, its console, the sandbox and its page, and again after each change, until the process ends. */
export async function compileOnChange() {
  run('scripts/build/console.mjs', ['--watch']);
  run('scripts/build/phone.mjs', ['--watch']);
  await Promise.all([compile('api'), compile('sandbox')]);
}

/**
 * Resolves at the first compilation without errors.
 * @param {string} app
 * @returns {Promise<void>}
 */
function compile(app) {
  const { stdout } = nest(['build', app, '--watch', '--preserveWatchOutput'], {
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  return new Promise((resolve) => {
    stdout?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      process.stdout.write(text);
      if (text.includes('Found 0 errors')) resolve();
    });
  });
}
