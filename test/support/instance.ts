import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Program, ROOT } from './process.js';

const MAIN = 'dist/apps/api/src/main.js';
const SHIFT_CLOCK = new URL('./shift-clock.mjs', import.meta.url).href;

/** Another instance of the service: a process of its own. */
export class Instance {
  private constructor(
    private readonly program: Program,
    readonly url: string,
  ) {}

  /**
   * @param clockShiftMs how far its clock is ahead
   * @param root the folder of another build than this one
   */
  static async start(env: NodeJS.ProcessEnv, clockShiftMs = 0, root = ROOT): Promise<Instance> {
    const shift =
      clockShiftMs === 0
        ? {}
        : { NODE_OPTIONS: `--import=${SHIFT_CLOCK}`, CLOCK_SHIFT_MS: String(clockShiftMs) };
    const program = new Program(
      join(root, MAIN),
      { DOCS: 'false', ...env, ...shift },
      fileURLToPath(new URL('.', import.meta.url)),
    );
    await program.prints('listening on ');
    const url = /listening on (http:\/\/[\d.:]+)/.exec(program.output)?.[1];
    if (url === undefined) throw new Error('the instance does not say where it listens');
    return new Instance(program, url);
  }

  /** Everything it has printed. */
  get output(): string {
    return this.program.output;
  }

  stop(signal?: NodeJS.Signals): Promise<number | null> {
    return this.program.stop(signal);
  }
}
