import { parseArgs } from 'node:util';
import { KINDS } from '../bench/databases.mjs';
import { databaseKind, number, wholeNumber } from '../bench/arguments.mjs';
import { WEIGHTS } from './crowd.mjs';
import { ALLOWED, JUDGED_FROM_MINUTES } from './verdict.mjs';

/**
 * @typedef {object} Options
 * @property {boolean} help
 * @property {number} minutes
 * @property {number} concurrency connections with one request under way on each
 * @property {import('../bench/databases.mjs').Kind} database
 * @property {number} instances
 * @property {string | undefined} samplesFile where each sample goes
 */

export const HELP = `npm run soak -- [options]

Starts the built service at production settings beside an imitation of WeChat that takes 0 to 50 ms, and sends everything
that phones send, mixed, with short pauses. Each answer is foreseen: its status, whether a user is new, the version of a
document, the generation of a repeated refresh. Access tokens live a minute, so that all that lives as long comes and goes
often. Ends with one JSON line, and with exit code 1 and a sentence when the service did not hold.

  --minutes <n>       up to 240 (default 10)
  --concurrency <n>   connections, each with one request under way and pauses of 0 to 10 ms (default 8)
  --database <kind>   ${KINDS.join(', ')} (default sqlite); see npm run bench -- --help
  --instances <n>     processes of the api on that database (default 1)
  --samples <file>    writes each sample there, a JSON line for each process every two seconds
  --help

  requests, errors    by kind: ${Object.keys(WEIGHTS).join(', ')}
  rss_mb_…            resident memory of a process: where a line through the second half begins and ends, and its slope
  kept_mb_…           the part of it that is in use: the same of a line through the least values, without garbage and
                      without room that JavaScript's heap keeps for more
  fds_…, sockets_…    its open file descriptors, and the sockets among them: medians of the first and the last fifth of
                      the second half
  queue_…             writes in line or at work: the most seen, and what was left when nobody asked any more
  lag_p99_ms          of its event loop: median and most of the samples; judged by nobody

It did not hold when any answer was another one than foreseen; when the kept memory of a process grew by more than
${ALLOWED.growthPercent} % over the second half, and by more than twice the error of the slope (in runs of ${JUDGED_FROM_MINUTES} minutes and more: shorter
ones only warm up); when more than ${ALLOWED.moreFds} more file descriptors were open at its end; or when a write was left in line.
Figures that come from /proc are null where there is none.`;

/**
 * @param {string[]} args without node and the script
 * @returns {Options}
 * @throws {TypeError} naming the argument that is unknown or wrong
 */
export function parseOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean', default: false },
      minutes: { type: 'string', default: '10' },
      concurrency: { type: 'string', default: '8' },
      database: { type: 'string', default: 'sqlite' },
      instances: { type: 'string', default: '1' },
      samples: { type: 'string' },
    },
  });
  return {
    help: values.help,
    minutes: number('--minutes', values.minutes, { above: 0, most: 240 }),
    concurrency: wholeNumber('--concurrency', values.concurrency, 1),
    database: databaseKind(values.database),
    instances: wholeNumber('--instances', values.instances, 1),
    samplesFile: values.samples,
  };
}
