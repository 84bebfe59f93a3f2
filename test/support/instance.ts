import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { nodeOptionsOf } from '../../scripts/start/command.mjs';
import { Program, ROOT } from './process.js';

const MAIN = 'dist/apps/api/src/main.js';
const SHIFT_CLOCK = new URL('./shift-clock.mjs', import.meta.url).href;

/** An instance of the service in a process of its own, as it was built. */
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
      [],
      nodeOptionsOf(root),
    );
    await program.prints('listening on ');
    const url = /listening on (http:\/\/[\d.:]+)/.exec(program.output)?.[1];
    if (url === undefined) throw new Error('the instance did not print its address');
    return new Instance(program, url);
  }

  /** Everything it has printed. */
  get output(): string {
    return this.program.output;
  }

  /** Returns the exit code, once it has ended. */
  ended(): Promise<number | null> {
    return this.program.ended();
  }

  stop(signal?: NodeJS.Signals): Promise<number | null> {
    return this.program.stop(signal);
  }
}

/**
 * Starts an instance before the tests of the surrounding `describe`, and stops it after them.
 * @param env read when it starts
 */
export function useInstance(env: () => NodeJS.ProcessEnv, clockShiftMs = 0) {
  let instance: Instance;
  beforeAll(async () => {
    instance = await Instance.start(env(), clockShiftMs);
  });
  afterAll(() => instance.stop());
  return {
    get url() {
      return instance.url;
    },
    get output() {
      return instance.output;
    },
    stop: () => instance.stop(),
  };
}
