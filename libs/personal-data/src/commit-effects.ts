import type { EntityManager } from 'typeorm';
import type { Database } from '@app/database';

/** Collects callbacks that handlers register for the time after the commit. Each run of a transaction needs a new instance. */
export class CommitEffects {
  private readonly callbacks: (() => void | Promise<void>)[] = [];

  /** Registers a callback for the time after the commit. It must neither throw nor reject. */
  afterCommit(callback: () => void | Promise<void>): void {
    this.callbacks.push(callback);
  }

  /** Runs the callbacks one after the other. Call it once, after the commit. */
  async run(): Promise<void> {
    for (const callback of this.callbacks) await callback();
  }
}

/** Runs a {@link Database.write} without a lock key, and after its commit the effects that it registered. */
export async function writeWithEffects<T>(
  database: Database,
  work: (manager: EntityManager, effects: CommitEffects) => Promise<T>,
): Promise<T> {
  const { result, effects } = await database.write(async (manager) => {
    const effects = new CommitEffects();
    return { result: await work(manager, effects), effects };
  });
  await effects.run();
  return result;
}
