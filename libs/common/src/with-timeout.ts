/**
 * Waits for an answer for a limited time. Does not stop the work itself.
 * @throws {Error} the error of the answer, or `no answer within … ms`
 */
export function withTimeout<T>(answer: Promise<T>, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      // If this process was busy, the answer may have arrived already, so one more turn of the event loop reads it first.
      setImmediate(() => {
        reject(new Error(`no answer within ${timeoutMs} ms`));
      });
    }, timeoutMs).unref();
    answer.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}
