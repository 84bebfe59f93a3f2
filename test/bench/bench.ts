import { Program } from '../support/process.js';

/** Runs `npm run bench -- …` on what was built. */
export async function bench(...options: string[]) {
  const program = new Program('bench/start.mjs', {}, undefined, options);
  const exitCode = await program.ended();
  return { exitCode, output: program.output };
}
