const TICK_MS = 50;

/**
 * Counts milliseconds in ticks of this process. On a busy machine the ticks are late, as the service is: the result is the
 * time that the service waited, without the time that it waited for a processor.
 * @returns stops the stopwatch, and returns the milliseconds
 */
export function startStopwatch(): () => number {
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), TICK_MS);
  return () => {
    clearInterval(timer);
    return ticks * TICK_MS;
  };
}
