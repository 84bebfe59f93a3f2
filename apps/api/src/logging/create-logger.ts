import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '@app/config';
import { escapeLineEnds } from '../line-ends.js';
import { prettyLine } from './pretty-line.js';

/** A write per line would cost each request about 30 µs, so lines are buffered and written five times a second and at exit. */
const BUFFER_BYTES = 4096;
const FLUSH_EVERY_MS = 200;

const LINES = {
  json: escapeLineEnds,
  pretty: (line: string) => prettyLine(line, hasColors()),
} as const;

/**
 * Creates the logger of the process. In JSON it writes one object a line, level as pino's number, time in epoch milliseconds.
 * @param destination receives the lines; default: standard output
 */
export function createLogger(
  { LOG_LEVEL, LOG_FORMAT }: Pick<Config, 'LOG_LEVEL' | 'LOG_FORMAT'>,
  destination?: DestinationStream,
): Logger {
  return pino(
    { level: LOG_LEVEL, base: null, hooks: { streamWrite: LINES[LOG_FORMAT] } },
    destination ?? pino.destination({ sync: false, minLength: BUFFER_BYTES, periodicFlush: FLUSH_EVERY_MS }),
  );
}

/** Returns whether standard output is a terminal with colors; respects `NO_COLOR`. */
const hasColors = () => process.stdout.isTTY && process.stdout.hasColors();
