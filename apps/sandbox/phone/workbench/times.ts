import { texts } from './texts.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A time of the clock on the wall, to the second. @param at epoch milliseconds */
export function dateAndTime(at: number): string {
  return new Date(at).toLocaleString(document.documentElement.lang, {
    dateStyle: 'medium',
    timeStyle: 'medium',
  });
}

/** How long something still lasts, in few characters. */
export function lasting(seconds: number): string {
  if (seconds >= 2 * DAY) return texts.tokens.days(Math.floor(seconds / DAY));
  if (seconds >= 2 * HOUR) return texts.tokens.hours(Math.floor(seconds / HOUR));
  return `${Math.floor(seconds / MINUTE)}:${String(seconds % MINUTE).padStart(2, '0')}`;
}
