// Preloaded by `npm start` into the service, never in production: lets the page of the sandbox move the service's clock.
import { get } from 'node:http';
import { json } from 'node:stream/consumers';
import { shiftDate } from '../../clock/shift-date.js';
import { shiftSqlite } from './shift-sqlite.js';

const TRY_AGAIN_AFTER_MS = 500;

let aheadMs = 0;

/** Asks the sandbox for its clock, which answers when the clock has moved. Nothing here keeps the process alive. */
function follow(url: string): void {
  const again = () =>
    setTimeout(() => {
      follow(url);
    }, TRY_AGAIN_AFTER_MS).unref();
  get(`${url}?known=${aheadMs}`, (response) => {
    json(response).then((answer) => {
      const next = Number((answer as { aheadMs?: unknown }).aheadMs);
      // Another program's answer, or a sandbox that was started again: this clock never goes back.
      if (!(next >= aheadMs)) {
        again();
        return;
      }
      aheadMs = next;
      follow(url);
    }, again);
  })
    .on('socket', (socket) => socket.unref())
    .on('error', again);
}

const { SANDBOX_CLOCK_URL, DATABASE_URL } = process.env;
// The databases of a server have a clock of their own, which must not differ from this one.
if (SANDBOX_CLOCK_URL && (DATABASE_URL || 'sqlite:').startsWith('sqlite:')) {
  shiftDate(() => aheadMs);
  const monotonic = performance.now.bind(performance);
  performance.now = () => monotonic() + aheadMs;
  shiftSqlite(() => aheadMs);
  follow(SANDBOX_CLOCK_URL);
}
