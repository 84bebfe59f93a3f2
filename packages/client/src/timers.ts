// Every platform has these two functions. They are declared here, so that no platform's global types are needed.
declare function setTimeout(action: () => void, ms: number): number;
declare function clearTimeout(timer: number): void;

/** Calls an action once after `ms` milliseconds. @returns a function that cancels the call */
export function after(ms: number, action: () => void): () => void {
  const timer = setTimeout(action, ms);
  return () => {
    clearTimeout(timer);
  };
}

/** Resolves after `ms` milliseconds. */
export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    after(ms, resolve);
  });
}

/** Returns the rest of a time span that began at `sinceMs`; 0 if it is over or if the clock was set back. */
export function remainingMs(spanMs: number, sinceMs: number): number {
  const agoMs = Date.now() - sinceMs;
  return agoMs < 0 ? 0 : Math.max(0, spanMs - agoMs);
}
