/**
 * Waits for an answer of Redis, and not for long.
 * @throws {Error} of the answer, or saying that there is none
 */
export function inTime<T>(answer: Promise<T>, withinMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      // What arrived while this process was busy is read first: then it was we who were slow.
      setImmediate(() => {
        reject(new Error(`no answer within ${withinMs} ms`));
      });
    }, withinMs);
    answer.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}
