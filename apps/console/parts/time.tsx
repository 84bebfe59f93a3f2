import { language, texts } from '../texts/texts.js';

const LOCALE = language === 'zh' ? 'zh-CN' : 'en-GB';
const FORMATS = {
  day: new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium' }),
  minute: new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short' }),
  second: new Intl.DateTimeFormat(LOCALE, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }),
};
const POINTS = {
  day: new Intl.DateTimeFormat(LOCALE, { month: 'short', day: 'numeric', timeZone: 'UTC' }),
  hour: new Intl.DateTimeFormat(LOCALE, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }),
};
const RELATIVE = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' });
const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** A time of the service in the local time of the reader. @param at ISO 8601 */
export function Time({ at, to = 'minute' }: { at: string; to?: keyof typeof FORMATS }) {
  const date = new Date(at);
  return (
    <time dateTime={at} title={date.toLocaleString(LOCALE, { dateStyle: 'full', timeStyle: 'long' })}>
      {FORMATS[to].format(date)}
    </time>
  );
}

/** How long ago a time is, or how far ahead. @param at ISO 8601 */
export function Ago({ at }: { at: string }) {
  return (
    <time dateTime={at} title={FORMATS.minute.format(new Date(at))}>
      {agoOf((Date.parse(at) - Date.now()) / 1000)}
    </time>
  );
}

function agoOf(seconds: number): string {
  const [unit, size] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? [];
  return unit === undefined ? texts.common.ago.now : RELATIVE.format(Math.round(seconds / size), unit);
}

/** Returns the beginning of an hour in local time, or of a day, which is one of UTC. @param at ISO 8601 */
export const formatPoint = (at: string, by: keyof typeof POINTS) => POINTS[by].format(new Date(at));

/** Returns a number as people read it. */
export const formatNumber = (value: number) => value.toLocaleString(LOCALE);

/** Returns a size in bytes as people read it. */
export const formatBytes = (bytes: number) =>
  bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toLocaleString(LOCALE, { maximumFractionDigits: 1 })} KiB`;
