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
/** The longest pause before a retry. For a longer one, the caller gets the problem and its `retryAfterSeconds`. */
const MAX_PAUSE_MS = 5000;

/** Returns the function that sends a call with the user's access token. @param timeoutMs default deadline */
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
        const now = access && session.currentTokens();
        if (now && (userId = userId || now.userId) !== now.userId) throw new Problem('user_changed');
        return !access || session.isUsable(access);
      };
      try {
        const isAsUser = auth === 'optional' ? session.currentTokens() : auth !== 'none';
        if (isAsUser) access = (await session.ensure()).access;
        // The token may have been refused while the call was queued.
        const begin = () => (isSameUser() ? wire(call, access, starter) : undefined);
        const answer = await send(begin, call.timeoutMs || timeoutMs, cancel);
        isSameUser();
        if (answer) return answer;
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        const { code, status } = error;
        // Another service that accepts the token may answer 401 with any code. Codes of a login code do not concern the token.
        if (access && status === 401 && !/^login_code_/.test(code)) {
          if (!session.markRefused(access, isResent)) throw error;
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

/** Returns the pause after an attempt in milliseconds; undefined if a retry is useless. */
function pauseAfter(attempt: number, { code, status, retryAfterSeconds }: Problem): number | undefined {
  const mayPass = /^(network|storage)_failed$/.test(code) || /429|50[234]/.test(String(status));
  const pauseMs =
    retryAfterSeconds === undefined ? FIRST_PAUSE_MS * 2 ** (attempt - 1) : retryAfterSeconds * 1000;
  return mayPass && pauseMs <= MAX_PAUSE_MS ? pauseMs : undefined;
}
