import type { Call } from './call.js';
import { createBreaker } from './breaker.js';
import { joinBus } from './bus.js';
import { createEndSession } from './ended-sessions.js';
import { createEvents } from './events.js';
import { createSend } from './exchange.js';
import { createLease } from './lease.js';
import { safeLog } from './log.js';
import { createLoginCode } from './login-code.js';
import type { Passport, PassportOptions } from './passport-types.js';
import { resolvePort } from './port.js';
import { Problem } from './problem.js';
import { createRenewal } from './renewal.js';
import { createRequest } from './request.js';
import { createSession } from './session.js';
import { createStorage } from './storage.js';
import { stateOf } from './tokens.js';
import { createWire } from './wire.js';

/** WeChat refuses the eleventh concurrent call. */
const MAX_AT_ONCE = 10;

/** The time after which most users stop waiting. WeChat's default is 60 s. */
const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * Creates a client of one service. Each instance has its own state. Instances for different services need different prefixes.
 * @throws {TypeError} without a port on a platform without `wx`
 */
export function createPassport(options: PassportOptions): Passport {
  const { baseUrl, timeoutMs = DEFAULT_TIMEOUT_MS, prefix = 'passport', maxAtOnce = MAX_AT_ONCE } = options;
  const port = resolvePort(options.port);
  const log = safeLog(options.log);
  const storage = createStorage(port, options.storage, log);
  const send = createSend(maxAtOnce);
  const wire = createWire(port, baseUrl, timeoutMs);
  const call = async (own: Call, access?: string) => {
    const answer = await send(() => wire(own, access), timeoutMs);
    return answer && answer.body;
  };
  const events = createEvents(log);
  const keys = { tokens: `${prefix}.tokens`, mark: `${prefix}.logged_out` };
  const session = createSession({
    storage,
    keys,
    renewal: createRenewal(
      port,
      storage,
      call,
      createLoginCode(port, timeoutMs, log),
      { deviceKey: `${prefix}.device`, appid: options.appid },
      log,
    ),
    endSession: createEndSession(
      storage,
      `${prefix}.ended`,
      (refresh) => call({ method: 'POST', path: '/api/token/blacklist/', body: { refresh } }),
      log,
    ),
    lease: createLease(storage, `${prefix}.lease`, log),
    breaker: createBreaker(log),
    emit: events.emit,
    announce: joinBus(port, keys.tokens, () => {
      session.onExternalChange();
    }),
    log,
  });
  const request = createRequest(wire, send, session, timeoutMs, log);
  const accessToken = async () => (await session.ensure()).access;

  const refreshBeforeEnd = () => {
    const tokens = session.currentTokens();
    if (tokens && stateOf(tokens) !== 'fresh') session.ensure().catch(() => undefined);
  };
  if (typeof port.onAppShow === 'function') port.onAppShow(refreshBeforeEnd);

  return {
    request: request,
    transfer: request as Passport['transfer'],
    ready: async () => ({ id: (await session.ensure()).userId }),
    currentUser() {
      const tokens = session.currentTokens();
      return tokens && { id: tokens.userId };
    },
    login: (login = {}) => session.login(login),
    async logout({ everywhere = false } = {}) {
      if (everywhere) await request({ method: 'DELETE', path: '/api/sessions' });
      return session.logout();
    },
    accessToken,
    async refreshIfCurrent(access) {
      if (session.markRefused(access)) return accessToken();
      throw new Problem('token_invalid', 401);
    },
    onAuthChange: events.on,
  };
}
