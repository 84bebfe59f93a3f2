import { type DestinationStream, type Logger, pino } from 'pino';

/** Line ends that JSON leaves as they are, and that some log viewers break a line at. */
const OTHER_LINE_ENDS = /[\u0085\u2028\u2029]/g;

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
        streamWrite: (line) =>
          line.replace(OTHER_LINE_ENDS, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`),
      },
    },
    destination ?? pino.destination({ sync: false, minLength: BUFFER_BYTES, periodicFlush: FLUSH_EVERY_MS }),
  );
}
