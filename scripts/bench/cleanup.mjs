/** @type {Set<Cleanup>} */
const open = new Set();
let signalled = false;

/**
 * What has to be undone: processes to stop, databases to drop, folders to remove. Tell it before making the thing, or in
 * the same tick, so that no signal comes between.
 */
export class Cleanup {
  /** @type {(() => unknown)[]} */
  #steps = [];

  constructor() {
    open.add(this);
  }

  /**
   * @param {() => unknown} step may be asynchronous; runs at once when everything is being undone already
   * @throws {Error} then, because nobody would use the thing any more
   */
  defer(step) {
    this.#steps.push(step);
    if (!signalled) return;
    void this.close();
    throw new Error('interrupted');
  }

  /** Undoes everything, the newest first. A step that fails is told on standard error and keeps no other one back. */
  async close() {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        console.error(`cleaning up: ${/** @type {Error} */ (error).message}`);
      }
    }
    open.delete(this);
  }
}

/** Whether a signal ends the program: what fails then fails because of that. */
export function interrupted() {
  return signalled;
}

/** From now on SIGINT and SIGTERM undo everything before they end the program. */
export function cleanUpOnSignals() {
  for (const [signal, code] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])) {
    process.once(signal, () => {
      signalled = true;
      void closeAll().finally(() => process.exit(code));
    });
  }
}

async function closeAll() {
  for (const cleanup of [...open].toReversed()) await cleanup.close();
}
