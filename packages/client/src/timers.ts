// Every platform of the client has these two. The global types of none of them are used here.
declare function setTimeout(action: () => void, ms: number): number;
declare function clearTimeout(timer: number): void;

/** Calls the action once after a while. @returns a function that cancels it */
export function after(ms: number, action: () => void): () => void {
  const timer = setTimeout(action, ms);
  return () => {
    clearTimeout(timer);
  };
}

/** Resolves after a while. */
export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    after(ms, resolve);
  });
}

/** How much is left of a span of time that began at `sinceMs`; 0 if it is over, or if the clock was set back since. */
export function leftOf(spanMs: number, sinceMs: number): number {
  const agoMs = Date.now() - sinceMs;
  return agoMs < 0 ? 0 : Math.max(0, spanMs - agoMs);
}
