/** Undoes what was made, newest first: processes to stop, databases to drop, folders to remove. */
export class Cleanup {
  readonly #steps: (() => unknown)[] = [];
  #undone = Promise.resolve();
  /** Whether a signal is ending the program; an error is then its consequence. */
  interrupted = false;

  /**
   * Adds a step. Call this before the thing is made, or in the same tick, so that no signal comes in between.
   * @throws {Error} after a signal; the step still runs
   */
  defer(step: () => unknown): void {
    this.#steps.push(step);
    if (!this.interrupted) return;
    void this.#undo(0);
    throw new Error('interrupted');
  }

  /** Runs a task, then undoes what the task has deferred. */
  scope<T>(task: () => Promise<T>): Promise<T> {
    const depth = this.#steps.length;
    return task().finally(() => this.#undo(depth));
  }

  /** From now on a signal undoes everything before it ends the program. */
  listenTo(signal: NodeJS.Signals, exitCode: number): void {
    process.once(signal, () => {
      this.interrupted = true;
      void this.#undo(0).finally(() => process.exit(exitCode));
    });
  }

  /** One after the other; a step that fails is logged and does not keep the others from running. */
  #undo(depth: number): Promise<void> {
    return (this.#undone = this.#undone.then(async () => {
      while (this.#steps.length > depth) {
        const step = Promise.resolve(this.#steps.pop()).then((undo) => undo?.());
        await step.catch((error: unknown) => {
          console.error(`clean-up failed: ${String(error)}`);
        });
      }
    }));
  }
}
