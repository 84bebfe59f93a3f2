import { pino } from 'pino';

/** Control characters, line ends and characters that change the direction of text. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const COLORS: Readonly<Record<string, number>> = {
  trace: 90,
  debug: 90,
  info: 32,
  warn: 33,
  error: 31,
  fatal: 31,
};
const GREY = 90;

interface Line {
  level: number;
  /** Epoch milliseconds. */
  time: number;
  context?: string;
  msg?: string;
  stack?: string;
}

/**
 * Renders a JSON log line for a person: local time, level, message and members, then the stack.
 * Control characters are escaped, so that a message cannot forge a line or move the cursor of a terminal.
 * @param line one JSON object of pino
 */
export function prettyLine(line: string, colors: boolean): string {
  const { level, time, context, msg = '', stack, ...members } = JSON.parse(line) as Line;
  const paint = (color: number | undefined, text: string) =>
    colors && color !== undefined ? `\u001b[${color}m${text}\u001b[39m` : text;
  const label = pino.levels.labels[level] ?? String(level);
  const words = [
    paint(GREY, clockTime(time)),
    paint(COLORS[label], label.toUpperCase().padEnd(5)),
    ...(context === undefined ? [] : [paint(GREY, `[${clean(context)}]`)]),
    clean(msg),
    ...Object.entries(members).map(([name, value]) => `${paint(GREY, `${clean(name)}=`)}${show(value)}`),
  ];
  const frames = stack === undefined ? [] : stack.split('\n').map((frame) => `\n    ${clean(frame.trim())}`);
  return `${words.join(' ')}${frames.join('')}\n`;
}

const clean = (text: string) =>
  text.replace(CONTROLS, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);

const show = (value: unknown) =>
  clean(typeof value === 'string' && /^[^\s"]+$/.test(value) ? value : JSON.stringify(value));

function clockTime(epochMs: number): string {
  const time = new Date(epochMs);
  const part = (value: number, digits = 2) => String(value).padStart(digits, '0');
  return `${part(time.getHours())}:${part(time.getMinutes())}:${part(time.getSeconds())}.${part(time.getMilliseconds(), 3)}`;
}
