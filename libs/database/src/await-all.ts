/**
 * Awaits independent statements of one write. Unlike `Promise.all` it awaits all of them even if one fails, because no
 * statement may run after the rollback of its transaction.
 * @throws the error of the first statement, in their order, that failed
 */
export async function awaitAll<T extends readonly unknown[]>(
  statements: readonly [...{ [K in keyof T]: Promise<T[K]> }],
): Promise<T> {
  const all: readonly Promise<unknown>[] = statements;
  await Promise.allSettled(all);
  return (await Promise.all(all)) as unknown as T;
}
