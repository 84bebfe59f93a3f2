import { shiftDate } from '../clock/shift-date.js';

let ahead = 0;
let isShifted = false;

/** How far this page's clock goes ahead of the machine's, in milliseconds. */
export const aheadMs = (): number => ahead;

/** Moves this page's clock. A clock that was never moved is the browser's own. */
export function setClock(ms: number): void {
  ahead = ms;
  if (ms > 0 && !isShifted) shiftDate(aheadMs);
  isShifted ||= ms > 0;
}

/** Takes over the clock that the sandbox has written into the page. */
export function startClock(): void {
  setClock(Number(document.documentElement.dataset['aheadMs'] ?? 0));
}
