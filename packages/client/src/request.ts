import type { Call, Pending } from './call.js';
import { createCancel } from './cancel.js';
import type { Cancel } from './cancel.js';
import type { Answer, Send } from './exchange.js';
import type { Log } from './log.js';
import { Problem } from './problem.js';
import type { Session } from './session.js';
import { delay } from './timers.js';
import type { Starter, Wire } from './wire.js';

const MAX_ATTEMPTS = 3;
const FIRST_PAUSE_MS = 300;
/** A page does not wait longer than this: the caller gets the problem and its `retryAfterSeconds`. */
const MAX_PAUSE_MS = 5000;

/** Returns the function that sends a call in the user's name. @param timeoutMs default deadline */
export function createRequest(
  wire: Wire,
  send: Send,
  session: Session,
  timeoutMs: number,
  log: Log,
): (call: Call, starter?: Starter) => Pending<Answer<unknown>> {
  const run = async (call: Call, cancel: Cancel, starter?: Starter): Promise<Answer<unknown>> => {
    const { method, path, auth } = call;
    const isSafe = method === 'GET' || method === 'HEAD';
    let { userId } = call;
    let isResent = false;
    for (let attempt = 1; ;) {
      let access: string | undefined;
      const isSameUser = () => {
        const now = access && session.atHand();
        if (now && (userId = userId || now.userId) !== now.userId) throw new Problem('user_changed');
        return !access || session.isGood(access);
      };
      try {
        const isAsUser = auth === 'optional' ? session.atHand() : auth !== 'none';
        if (isAsUser) access = (await session.ensure()).access;
        // The token may have been refused while the call waited for room.
        const begin = () => (isSameUser() ? wire(call, access, starter) : undefined);
        const answer = await send(begin, call.timeoutMs || timeoutMs, cancel);
        isSameUser();
        if (answer) return answer;
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        const { code, status } = error;
        // A 401 of another service that trusts the token may have any code; those of a login code say nothing about it.
        if (access && status === 401 && !/^login_code_/.test(code)) {
          if (!session.refuse(access, isResent)) throw error;
          isResent = true;
          log('resend', { path, code });
        } else {
          const waitMs = isSafe && attempt < MAX_ATTEMPTS ? pauseAfter(attempt++, error) : undefined;
          if (waitMs === undefined) throw error;
          log('retry', { path, code, waitMs });
          await delay(waitMs);
        }
      }
    }
  };

  return (given, starter) => {
    const call = Object.assign({ method: 'GET' as const }, given);
    const cancel = createCancel();
    if (call.auth !== 'none') session.endsWithSession(cancel);
    const abort = () => {
      cancel.cancel(new Problem('aborted'));
    };
    return Object.assign(cancel.race(run(call, cancel, starter)), { abort });
  };
}

/** How long to wait after an attempt, in milliseconds; undefined if the next one is of no use. */
function pauseAfter(attempt: number, { code, status, retryAfterSeconds }: Problem): number | undefined {
  const mayPass = /^(network|storage)_failed$/.test(code) || /429|50[234]/.test(String(status));
  const pauseMs =
    retryAfterSeconds === undefined ? FIRST_PAUSE_MS * 2 ** (attempt - 1) : retryAfterSeconds * 1000;
  return mayPass && pauseMs <= MAX_PAUSE_MS ? pauseMs : undefined;
}
