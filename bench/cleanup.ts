/** Runs the deferred steps, newest first: stops processes, drops databases, removes folders. */
export class Cleanup {
  readonly #steps: (() => unknown)[] = [];
  #undone = Promise.resolve();
  /** Whether a signal is ending the program. Errors are a consequence of the signal then. */
  interrupted = false;

  /**
   * Adds a step. Call this before creating the resource, or in the same tick, so that a signal cannot leave it behind.
   * @throws {Error} after a signal; the step still runs
   */
  defer(step: () => unknown): void {
    this.#steps.push(step);
    if (!this.interrupted) return;
    void this.#undo(0);
    throw new Error('interrupted');
  }

  /** Runs a task, then the steps that the task has deferred. */
  scope<T>(task: () => Promise<T>): Promise<T> {
    const depth = this.#steps.length;
    return task().finally(() => this.#undo(depth));
  }

  /** Handles a signal: runs all steps, then ends the program. */
  listenTo(signal: NodeJS.Signals, exitCode: number): void {
    process.once(signal, () => {
      this.interrupted = true;
      void this.#undo(0).finally(() => process.exit(exitCode));
    });
  }

  /** Runs the steps one after the other. Logs a step that fails, and continues with the others. */
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
