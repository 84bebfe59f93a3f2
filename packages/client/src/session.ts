import { attempt } from './attempt.js';
import type { Breaker } from './breaker.js';
import type { Cancel } from './cancel.js';
import { loggedOutEvent } from './events.js';
import type { AuthListener } from './events.js';
import { isJson } from './json.js';
import type { Json } from './json.js';
import type { Log } from './log.js';
import { isProblem, Problem } from './problem.js';
import type { LoginOptions, LoginResult, Renewal } from './renewal.js';
import type { Storage } from './storage.js';
import { remainingMs } from './timers.js';
import { readTokens, removeTutorialToken, stateOf } from './tokens.js';
import type { Tokens } from './tokens.js';

/** Manages the tokens of this instance. All its calls share one renewal. */
export interface Session {
  /**
   * Returns tokens with a usable access token: the stored ones, else refreshed ones, else those of a new login. After a failure
   * the tokens stay stored, unless the service has refused them.
   * @throws {Problem} the problem of the login or the refresh; `logged_out`; `storage_failed`
   */
  ensure: () => Promise<Tokens>;
  /** Returns the stored tokens, usable or not; undefined if no user is logged in or the storage cannot be read. */
  currentTokens: () => Tokens | undefined;
  /** Returns whether an access token is the stored one and is still usable. */
  isUsable: (access: string) => boolean;
  /**
   * Marks an access token as refused by the service.
   * @param isNew whether it replaced another refused one; then it is not replaced again for half a minute
   * @returns whether the call should be sent again with another token
   */
  markRefused: (access: string, isNew?: boolean) => boolean;
  login: (options: LoginOptions) => Promise<LoginResult>;
  logout: () => Promise<void>;
  /** Registers a running call, which a logout ends with `logged_out`. */
  endsWithSession: (cancel: Cancel) => void;
  /** Reads the storage again after another copy of the client has changed it. */
  onExternalChange: () => void;
}

interface Parts {
  storage: Storage;
  keys: { tokens: string; mark: string };
  renewal: Renewal;
  /** Ends the session of a refresh token at the service, and retries the sessions that could not be ended before. */
  endSession: (refresh?: string) => Promise<void>;
  lease: () => Promise<() => void>;
  breaker: Breaker;
  emit: AuthListener;
  announce: () => void;
  log: Log;
}

interface Renewed {
  tokens: Tokens;
  result: LoginResult;
}

const REPLACEMENT_REFUSED_MS = 30_000;

const unchanged = (tokens: Tokens): Renewed => ({ tokens, result: { id: tokens.userId, isNewUser: false } });

export function createSession(parts: Parts): Session {
  const { storage, keys, renewal, endSession, lease, breaker, emit, announce, log } = parts;
  let renewing: Promise<Renewed> | undefined;
  /** The number of logouts since the launch. A renewal that began before a logout is discarded. */
  let logouts = 0;
  /** The access token that the service has refused. */
  let refused = '';
  let refusedReplacement = { access: '', atMs: 0 };
  let running: Cancel[] = [];

  /** Returns the stored reason of a logout; undefined if no logout is stored. @throws {Problem} `storage_failed` */
  const readMark = (): Json | undefined => {
    const value = storage.read(keys.mark);
    return value === true ? {} : isJson(value) ? value : undefined;
  };
  const stored = () => readTokens(storage, keys.tokens);
  const loggedOut = (why: Json = {}) => new Problem('logged_out', 0, 'logged_out', why);
  const stateAt = (tokens: Tokens) => (tokens.access === refused ? 'over' : stateOf(tokens));
  const rereadAll = () => {
    storage.reread(keys.tokens);
    storage.reread(keys.mark);
  };

  const currentTokens = () => attempt(() => (readMark() ? undefined : stored()));

  /** Removes the tokens of a user who is logged out. An earlier launch may have ended before it removed them. */
  const dropTokens = (endsSession: boolean): Promise<void> => {
    try {
      const left = stored();
      const done = endSession(left && endsSession ? left.refresh : '');
      if (left) storage.remove(keys.tokens);
      removeTutorialToken(storage);
      return done;
    } catch {
      // Tokens that cannot be read now are deleted later. The mark prevents their use.
      return Promise.resolve();
    }
  };

  const forgetUser = (why: Json) => {
    logouts++;
    renewing = undefined;
    running.splice(0).forEach(({ cancel }) => {
      cancel(loggedOut(why));
    });
    emit(loggedOutEvent(why));
  };

  const applyLogout = (value: true | Json): Promise<void> => {
    const isOwnAct = value === true;
    // The mark is stored first, so that the user stays logged out if the app ends now.
    const isMarked = storage.write(keys.mark, value);
    const done = dropTokens(isOwnAct);
    // If the storage was full, it has room now.
    if (!isMarked) storage.write(keys.mark, value);
    announce();
    forgetUser(isOwnAct ? {} : value);
    return done;
  };

  /** Runs one renewal. Reads the storage first, because another copy of the client may have logged in or out. */
  const run = async (options: LoginOptions, isUserAct: boolean): Promise<Renewed> => {
    const before = logouts;
    const throwIfLoggedOut = () => {
      const why = logouts === before ? readMark() : {};
      if (why) throw loggedOut(why);
    };
    const release = await lease();
    try {
      const had = currentTokens();
      rereadAll();
      // If the storage cannot be read, the user may have logged out: a silent login fails, a login by the user's act does not.
      const old = isUserAct ? currentTokens() : stored();
      if (!isUserAct) throwIfLoggedOut();
      let tokens: Tokens | undefined;
      if (!options.phoneCode) {
        const isRenewed = old && stateAt(old) === 'fresh';
        if (isRenewed) log('adopt');
        tokens = isRenewed ? old : await renewal.next(old);
      }
      const renewed = tokens ? unchanged(tokens) : await renewal.login(options, throwIfLoggedOut);
      storage.reread(keys.mark);
      try {
        throwIfLoggedOut();
      } catch (error) {
        void endSession(renewed.tokens.refresh);
        throw error;
      }
      if (renewed.tokens !== old) storage.write(keys.tokens, renewed.tokens);
      removeTutorialToken(storage);
      announce();
      const { id, isNewUser } = renewed.result;
      const isSame = tokens && had && had.userId === id;
      emit(isSame ? { type: 'refreshed', user: { id } } : { type: 'logged_in', user: { id }, isNewUser });
      void endSession();
      return renewed;
    } catch (error) {
      if (logouts !== before || !isProblem(error, /^refresh_token_revoked$/)) throw error;
      const { ended_by = '', ended_at = '' } = error.body;
      const why = { ended_by, ended_at };
      void applyLogout(why);
      throw loggedOut(why);
    } finally {
      release();
    }
  };

  const renew = (options: LoginOptions, isUserAct: boolean): Promise<Renewed> => {
    if (renewing) return renewing;
    const clear = () => {
      if (renewing === mine) renewing = undefined;
    };
    const mine = breaker(() => run(options, isUserAct), isUserAct);
    renewing = mine;
    mine.then(clear, clear);
    return mine;
  };

  return {
    currentTokens,
    async ensure() {
      const why = readMark();
      if (why) {
        void dropTokens(true);
        throw loggedOut(why);
      }
      const tokens = stored();
      const state = tokens ? stateAt(tokens) : 'over';
      if (!tokens || state === 'over') return (await renew({}, false)).tokens;
      if (state === 'ending') renew({}, false).catch(() => undefined);
      return tokens;
    },
    isUsable(access) {
      const tokens = currentTokens();
      return !!tokens && tokens.access === access && stateAt(tokens) !== 'over';
    },
    markRefused(access, isNew = false) {
      if (isNew) refusedReplacement = { access, atMs: Date.now() };
      if (
        access === refusedReplacement.access &&
        remainingMs(REPLACEMENT_REFUSED_MS, refusedReplacement.atMs) > 0
      )
        return false;
      const tokens = currentTokens();
      if (tokens && tokens.access === access) refused = access;
      return true;
    },
    async login(options) {
      if (options.phoneCode && renewing) await renewing.catch(() => undefined);
      storage.remove(keys.mark);
      const had = options.phoneCode ? undefined : currentTokens();
      const isLoggedIn = had && stateAt(had) !== 'over';
      return (isLoggedIn ? unchanged(had) : await renew(options, true)).result;
    },
    logout() {
      log('logout');
      return applyLogout(true);
    },
    endsWithSession(cancel) {
      running = running.filter((one) => !one.isOver()).concat(cancel);
    },
    onExternalChange() {
      const had = currentTokens();
      rereadAll();
      const why = attempt(readMark);
      if (why && had) forgetUser(why);
    },
  };
}
