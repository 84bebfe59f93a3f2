/**
 * Waits for statements of one write that do not depend on each other. Unlike `Promise.all` it waits for all of them even
 * when one fails: a statement must not run on after its transaction was rolled back.
 */
export async function sideBySide<T extends readonly unknown[]>(
  statements: readonly [...{ [K in keyof T]: Promise<T[K]> }],
): Promise<T> {
  const all: readonly Promise<unknown>[] = statements;
  await Promise.allSettled(all);
  return (await Promise.all(all)) as unknown as T;
}
