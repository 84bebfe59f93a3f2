import { describe, expect, it } from 'vitest';
import { useFolder } from '../support/folder.js';
import { freePort, Program, ROOT } from '../support/process.js';
import { SECRET_KEY } from '../support/stack.js';

const START = 'scripts/start/main.mjs';
/** Set by npm, and by npx. */
const NPM = process.env['npm_execpath'];

describe('npm start', () => {
  const folder = useFolder();

  it('stops the sandbox, and does not print that it is running, if the service does not start', async () => {
    const program = new Program(START, { PORT: '0', SANDBOX_PORT: '0', JWT_ALGORITHM: 'none' }, folder, [
      '--built',
    ]);
    expect(await program.ended()).toBe(1);
    expect(program.output).toContain('JWT_ALGORITHM must be one of');
    expect(program.output).not.toContain('is running');
  });

  it.skipIf(NPM === undefined)('stops the service and the sandbox after a SIGTERM to npm', async () => {
    const [port, sandboxPort] = [await freePort(), await freePort()];
    const env = { PORT: String(port), SANDBOX_PORT: String(sandboxPort), SECRET_KEY };
    const memory = { DATABASE_URL: 'sqlite::memory:', HOME: folder };
    const npm = new Program(String(NPM), { ...env, ...memory }, ROOT, ['start', '--', '--built']);
    await npm.prints('is running');
    await npm.stop('SIGTERM');
    for (const each of [port, sandboxPort])
      await expect(fetch(`http://127.0.0.1:${each}/`)).rejects.toThrow();
  });
});
