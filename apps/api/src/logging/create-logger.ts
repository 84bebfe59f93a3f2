import { type DestinationStream, type Logger, pino } from 'pino';
import { escapeLineEnds } from '../line-ends.js';

/** A write per line would cost each request about 30 µs; what waits is written five times a second and at exit. */
const BUFFER_BYTES = 4096;
const FLUSH_EVERY_MS = 200;

/**
 * The logger of the process: one JSON object a line, level as pino's number, time in epoch milliseconds.
 * @param destination where the lines go; standard output by default
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      hooks: {
        streamWrite: escapeLineEnds,
      },
    },
    destination ?? pino.destination({ sync: false, minLength: BUFFER_BYTES, periodicFlush: FLUSH_EVERY_MS }),
  );
}
