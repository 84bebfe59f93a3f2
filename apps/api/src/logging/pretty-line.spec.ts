import { expect, it } from 'vitest';
import { createLogger } from './create-logger.js';
import { prettyLine } from './pretty-line.js';

const TIME = new Date(2026, 0, 2, 3, 4, 5, 6).getTime();
const pretty = (members: object) => prettyLine(JSON.stringify({ level: 30, time: TIME, ...members }), false);

it('renders time, level, context, message and members on one line', () => {
  expect(pretty({ context: 'main', msg: 'request', method: 'GET', status: 200, detail: 'two words' })).toBe(
    '03:04:05.006 INFO  [main] request method=GET status=200 detail="two words"\n',
  );
});

it('renders a stack below its line', () => {
  expect(pretty({ level: 50, msg: 'failed', stack: 'Error: failed\n    at f (a.js:1:1)' })).toBe(
    '03:04:05.006 ERROR failed\n    Error: failed\n    at f (a.js:1:1)\n',
  );
});

it.each(['\n', '\r', '\u001b[2J', '\u0085', '\u2028', '\u202e', '\u0007'])(
  'escapes %j, so that a message can forge no line',
  (text) => {
    const line = pretty({ msg: `a${text}b`, context: text, [`x${text}`]: text, nested: [text] });
    expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202e]/u);
    expect(line).toMatch(/\\u/);
  },
);

it('colors the level only if asked to', () => {
  expect(prettyLine(JSON.stringify({ level: 40, time: TIME, msg: 'x' }), true)).toContain('\u001b[33mWARN ');
  expect(pretty({})).not.toContain('\u001b');
});

it('writes the lines of a logger in the format of LOG_FORMAT', () => {
  const lines: string[] = [];
  const destination = { write: (line: string) => lines.push(line) };
  createLogger({ LOG_LEVEL: 'info', LOG_FORMAT: 'pretty' }, destination).info({ msg: 'x', status: 200 });
  createLogger({ LOG_LEVEL: 'info', LOG_FORMAT: 'json' }, destination).info({ msg: 'x', status: 200 });
  expect(lines[0]).toMatch(/^[\d:.]{12} INFO {2}x status=200\n$/);
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ level: 30, msg: 'x', status: 200 });
});
