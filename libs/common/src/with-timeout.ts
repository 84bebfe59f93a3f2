/**
 * Waits for an answer for a limited time. The work itself goes on.
 * @throws {Error} of the answer, or saying that there is none
 */
export function withTimeout<T>(answer: Promise<T>, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      // If this process was busy, the answer may have arrived: it is read first.
      setImmediate(() => {
        reject(new Error(`no answer within ${timeoutMs} ms`));
      });
    }, timeoutMs).unref();
    answer.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}
