// Runs commands of operators, as test/support/command.ts asks.
import 'reflect-metadata';
import { Readable } from 'node:stream';

process.on('disconnect', () => process.exit());

process.on('message', async ({ id, env, argv, stdin }) => {
  const { run } = await import(new URL('../../dist/apps/cli/src/run.js', import.meta.url).href);
  const written = { stdout: '', stderr: '' };
  /** @param {'stdout' | 'stderr'} name */
  const into = (name) => ({ write: (/** @type {string} */ text) => (written[name] += text) });
  const io = { env, stdin: Readable.from([stdin]), stdout: into('stdout'), stderr: into('stderr') };
  process.send?.({ id, code: await run(argv, io), ...written });
});
