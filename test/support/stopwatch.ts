const TICK_MS = 50;

/**
 * Counts milliseconds in ticks of this process. On a busy machine they come late, as the service does: so what is compared
 * with a deadline is how long the service waited, and not how long it waited for a processor.
 * @returns stops it, and gives the milliseconds
 */
export function startStopwatch(): () => number {
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), TICK_MS);
  return () => {
    clearInterval(timer);
    return ticks * TICK_MS;
  };
}
