import { run } from '../processes.mjs';

/** The name of the first operator: it can be removed once there is another owner. */
const NAME = 'owner';

/**
 * Returns a link that makes the first operator of the console, once.
 * @param {string} admin the address of the admin listener
 * @param {NodeJS.ProcessEnv} env of the service
 * @returns {Promise<string | undefined>} undefined if there is an operator, or the command failed: it has printed why
 */
export async function consoleLink(admin, env) {
  const setup = await fetch(`${admin}/api/admin/setup`);
  const { operators } = /** @type {{ operators?: boolean }} */ (await setup.json());
  if (operators !== false) return undefined;
  const child = run('dist/apps/cli/src/passport.js', ['operators', 'invite', NAME, '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
  // Not at its exit: some of the output may come later.
  const code = await new Promise((resolve) => child.on('close', resolve));
  return code === 0 ? /** @type {{ link: string }} */ (JSON.parse(output)).link : undefined;
}
