// Preloaded into an instance that kills itself before one step of its work on some people: a statement with one of their ids, the
// COMMIT after it, the opening and the sync of a file, the emptying of SQLite's log. KILL_AT_STEP is its number, or its name and
// which of that name; with 0 each step is printed instead.
import { promises } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';

const require = createRequire(import.meta.url);
const ids = String(process.env.STEPS_OF).split(',');
const killAt = String(process.env.KILL_AT_STEP);
const pauseMs = Number(process.env.JOB_PAUSE_MS);
let steps = 0;
/** @type {Map<string, number>} */
const occurred = new Map();
let isWriting = false;

/** @param {string} name */
function step(name) {
  steps += 1;
  const which = (occurred.get(name) ?? 0) + 1;
  occurred.set(name, which);
  if ([String(steps), `${name} ${which}`].includes(killAt)) process.kill(process.pid, 'SIGKILL');
  if (killAt === '0') process.stderr.write(`step ${steps}: ${name}\n`);
}

/** @param {string} sql @param {unknown} values */
function beforeStatement(sql, values) {
  if (/^(BEGIN|START)/.test(sql)) isWriting = false;
  const isAbout = ids.some((id) => String(JSON.stringify(values)).includes(id));
  if (isAbout) isWriting = true;
  const isEnd = sql === 'COMMIT' && isWriting;
  if (isAbout || isEnd || (steps > 0 && sql.includes('wal_checkpoint'))) step(sql.slice(0, 60));
  if (isEnd) isWriting = false;
}

/** @param {Record<string, (...call: unknown[]) => unknown>} connection @param {string} method */
function countCalls(connection, method) {
  const original = connection[method];
  /** @this {unknown} @param {unknown[]} call */
  connection[method] = function (...call) {
    const [statement, values] = call;
    const { text = statement, values: own = values } = Object(statement);
    beforeStatement(String(text), own);
    return original?.apply(this, call);
  };
}

for (const method of ['all', 'run']) countCalls(require('sqlite3').Database.prototype, method);
countCalls(require('pg').Client.prototype, 'query');

const { open } = promises;
promises.open = async (...call) => {
  if (steps > 0) step('open');
  const file = await open(...call);
  const sync = file.sync.bind(file);
  file.sync = () => {
    if (steps > 0) step('sync');
    return sync();
  };
  return file;
};
syncBuiltinESMExports();

// The job waits ten seconds between two looks for work.
const wait = setTimeout;
/** @param {(...rest: unknown[]) => void} callback @param {number} ms @param {unknown[]} rest */
const sooner = (callback, ms, ...rest) => wait(callback, ms === 10_000 ? pauseMs : ms, ...rest);
Object.assign(globalThis, { setTimeout: Object.assign(sooner, wait) });
