import type { LoginAnswer, ProfileDto, TokenPair } from './api-types';
import { guarded } from './breaker';
import { device } from './device';
import { endSession, endSessions } from './ended-sessions';
import { Problem } from './errors';
import { loginCode } from './login-code';
import { send } from './send';
import { read, remove, write } from './storage';
import { clearTokens, isFresh, loadTokens, saveTokens, tutorialToken } from './tokens';
import type { Tokens } from './tokens';

/** Who is logged in. */
export interface User {
  /** The service's `user_id`. */
  readonly id: string;
}

/** Under this key the phone remembers that its user wants to stay logged out. */
const LOGGED_OUT = 'passport.logged_out';

let renewal: Promise<Tokens> | undefined;
/** How often this run was logged out: whatever began before is not wanted any more. */
let logouts = 0;

/**
 * Tokens whose access token is still good: those at hand, else refreshed ones, else those of a new login. Whoever asks
 * while that is under way waits for the same answer. A failure leaves the tokens as they are, unless the service has
 * refused them.
 * @throws {Problem} whatever stopped the login or the refresh; `logged_out` after `logout()`
 */
export function ensureTokens(): Promise<Tokens> {
  if (renewal) return renewal;
  if (read(LOGGED_OUT) === true) {
    void endSessions();
    return Promise.reject(new Problem('logged_out'));
  }
  const tokens = loadTokens();
  if (tokens && isFresh(tokens, Date.now())) return Promise.resolve(tokens);
  const mine = guarded(() => renew(tokens)).finally(() => {
    if (renewal === mine) renewal = undefined;
  });
  renewal = mine;
  return mine;
}

/**
 * Marks an access token as refused; the refresh token stays. Of many calls refused at once only the first finds its
 * own token here; the others keep the new one.
 */
export function dropAccess(access: string): void {
  const tokens = loadTokens();
  if (tokens?.access === access) saveTokens({ ...tokens, expiresInSeconds: 0 });
}

/**
 * Waits until somebody is logged in, and logs in if need be. Pages need not call it: `request` does the same.
 * @throws {Problem} as `ensureTokens`
 */
export async function ready(): Promise<User> {
  return { id: (await ensureTokens()).userId };
}

/** The user of the tokens at hand, without asking anybody: what is kept on the phone for them can be shown at once. */
export function currentUser(): User | undefined {
  const tokens = loadTokens();
  return tokens && { id: tokens.userId };
}

/**
 * Logs in again after `logout()`.
 * @throws {Problem} as `ensureTokens`
 */
export function login(): Promise<User> {
  remove(LOGGED_OUT);
  return ready();
}

/**
 * Logs out here at once, and at the service as soon as it is reached; a login under way comes to nothing. Until
 * `login()` every call fails with `logged_out`, after a restart of the mini-program too.
 * @returns when the service knows, or could not be reached; never fails
 */
export function logout(): Promise<void> {
  const refresh = loadTokens()?.refresh ?? '';
  logouts++;
  renewal = undefined;
  // Before the write, for which a full storage has no room yet.
  clearTokens();
  write(LOGGED_OUT, true);
  return endSession(refresh);
}

async function renew(old: Tokens | undefined): Promise<Tokens> {
  const before = logouts;
  const tokens = (await (old ? refreshed(old) : adopted())) ?? (await loggedIn(before));
  if (logouts !== before) {
    void endSession(tokens.refresh);
    throw new Problem('logged_out');
  }
  saveTokens(tokens);
  void endSessions();
  return tokens;
}

/** The next tokens of the session; undefined when the service says that there are none. */
async function refreshed(old: Tokens): Promise<Tokens | undefined> {
  if (old.refresh === '') return undefined;
  try {
    const { body } = await send<TokenPair>({
      method: 'POST',
      path: '/api/token/refresh/',
      body: { refresh: old.refresh },
    });
    return tokensOf(body, old.userId);
  } catch (error) {
    // Anything else, such as a weak network or a proxy's own 401, says nothing about the session.
    if (error instanceof Problem && /^(refresh_token_|validation_failed)/.test(error.code)) return undefined;
    throw error;
  }
}

/** The session that the tutorial's page has begun; undefined when there is none or it is over. */
async function adopted(): Promise<Tokens | undefined> {
  const token = tutorialToken();
  if (!token || !isFresh({ ...token, userId: '' }, Date.now())) return undefined;
  try {
    const header = { Authorization: `Bearer ${token.access}` };
    const { body } = await send<ProfileDto>({ path: '/api/me', header });
    return { ...token, userId: body.user_id };
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return undefined;
    throw error;
  }
}

async function loggedIn(before: number): Promise<Tokens> {
  refuseAfter(before);
  const code = await loginCode();
  refuseAfter(before);
  const { appId } = wx.getAccountInfoSync().miniProgram;
  const { body } = await send<LoginAnswer>({
    method: 'POST',
    path: '/api/weixin/login/',
    // The devtools' tourist has no AppID that a service could know.
    body: { code, ...(appId.startsWith('wx') && { appid: appId }), device: device() },
  });
  return tokensOf(body, body.user_id);
}

/** @throws {Problem} `logged_out` when that happened since */
function refuseAfter(before: number): void {
  if (logouts !== before) throw new Problem('logged_out');
}

function tokensOf({ access, refresh, expires_in }: TokenPair, userId: string): Tokens {
  if (typeof access !== 'string' || typeof refresh !== 'string' || typeof expires_in !== 'number') {
    throw new Problem('answer_unreadable', 200, 'an answer without tokens');
  }
  return { userId, access, refresh, receivedAtMs: Date.now(), expiresInSeconds: expires_in };
}
