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
import { leftOf } from './timers.js';
import { readTokens, removeTutorialToken, stateOf } from './tokens.js';
import type { Tokens } from './tokens.js';

/** The tokens of this instance, and the one renewal that all its calls wait for. */
export interface Session {
  /**
   * Tokens whose access token can be sent: those at hand, else refreshed ones, else those of a new login. A failure leaves
   * the tokens as they are, unless the service has refused them.
   * @throws {Problem} what stopped the login or the refresh; `logged_out`; `storage_failed`
   */
  ensure: () => Promise<Tokens>;
  /** The tokens at hand, good or not; undefined if no user is logged in, or if the storage does not say. */
  atHand: () => Tokens | undefined;
  /** Whether an access token is the one at hand and can be sent. */
  isGood: (access: string) => boolean;
  /**
   * Marks an access token as refused by the service.
   * @param isNew it came in place of another refused one: for half a minute it is not replaced
   * @returns whether another one may help
   */
  refuse: (access: string, isNew?: boolean) => boolean;
  login: (options: LoginOptions) => Promise<LoginResult>;
  logout: () => Promise<void>;
  /** Ends a running call with `logged_out` at a logout. */
  endsWithSession: (cancel: Cancel) => void;
  /** Another copy of the client has changed the storage. */
  hear: () => void;
}

interface Parts {
  storage: Storage;
  keys: { tokens: string; mark: string };
  renewal: Renewal;
  /** Ends the session of a refresh token at the service, and those that are still to be ended. */
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

const USELESS_MS = 30_000;

const unchanged = (tokens: Tokens): Renewed => ({ tokens, result: { id: tokens.userId, isNewUser: false } });

export function createSession(parts: Parts): Session {
  const { storage, keys, renewal, endSession, lease, breaker, emit, announce, log } = parts;
  let renewing: Promise<Renewed> | undefined;
  /** How often this run was logged out: what began before is not wanted any more. */
  let logouts = 0;
  /** The access token that the service has refused. */
  let refused = '';
  let useless = { access: '', atMs: 0 };
  let running: Cancel[] = [];

  /** Why the user stays logged out until `login()`; undefined if they do not. @throws {Problem} `storage_failed` */
  const mark = (): Json | undefined => {
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

  const atHand = () => attempt(() => (mark() ? undefined : stored()));

  /** Removes the tokens of a user who is logged out, here or in a run that was cut off. */
  const dropTokens = (endsSession: boolean): Promise<void> => {
    try {
      const left = stored();
      const done = endSession(left && endsSession ? left.refresh : '');
      if (left) storage.remove(keys.tokens);
      removeTutorialToken(storage);
      return done;
    } catch {
      // Tokens that cannot be read now are dropped at a later occasion. The mark keeps them from being used.
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

  const leave = (value: true | Json): Promise<void> => {
    const isOwnAct = value === true;
    // The mark first: a phone that dies now does not log the user in again.
    const isMarked = storage.write(keys.mark, value);
    const done = dropTokens(isOwnAct);
    // A full storage has room now.
    if (!isMarked) storage.write(keys.mark, value);
    announce();
    forgetUser(isOwnAct ? {} : value);
    return done;
  };

  /** One renewal. Another copy of the client may have logged in, or out, since this one last looked. */
  const run = async (options: LoginOptions, isUserAct: boolean): Promise<Renewed> => {
    const before = logouts;
    const refuse = () => {
      const why = logouts === before ? mark() : {};
      if (why) throw loggedOut(why);
    };
    const release = await lease();
    try {
      const had = atHand();
      rereadAll();
      // A storage that cannot be read stops a silent login, which may not be wanted, and no user.
      const old = isUserAct ? atHand() : stored();
      if (!isUserAct) refuse();
      let tokens: Tokens | undefined;
      if (!options.phoneCode) {
        const isRenewed = old && stateAt(old) === 'fresh';
        if (isRenewed) log('adopt');
        tokens = isRenewed ? old : await renewal.next(old);
      }
      const renewed = tokens ? unchanged(tokens) : await renewal.login(options, refuse);
      storage.reread(keys.mark);
      try {
        refuse();
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
      void leave(why);
      throw loggedOut(why);
    } finally {
      release();
    }
  };

  const renew = (options: LoginOptions, isUserAct: boolean): Promise<Renewed> => {
    if (renewing) return renewing;
    const over = () => {
      if (renewing === mine) renewing = undefined;
    };
    const mine = breaker(() => run(options, isUserAct), isUserAct);
    renewing = mine;
    mine.then(over, over);
    return mine;
  };

  return {
    atHand,
    async ensure() {
      const why = mark();
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
    isGood(access) {
      const tokens = atHand();
      return !!tokens && tokens.access === access && stateAt(tokens) !== 'over';
    },
    refuse(access, isNew = false) {
      if (isNew) useless = { access, atMs: Date.now() };
      if (access === useless.access && leftOf(USELESS_MS, useless.atMs) > 0) return false;
      const tokens = atHand();
      if (tokens && tokens.access === access) refused = access;
      return true;
    },
    async login(options) {
      if (options.phoneCode && renewing) await renewing.catch(() => undefined);
      storage.remove(keys.mark);
      const had = options.phoneCode ? undefined : atHand();
      const isIn = had && stateAt(had) !== 'over';
      return (isIn ? unchanged(had) : await renew(options, true)).result;
    },
    logout() {
      log('logout');
      return leave(true);
    },
    endsWithSession(cancel) {
      running = running.filter((one) => !one.isOver()).concat(cancel);
    },
    hear() {
      const had = atHand();
      rereadAll();
      const why = attempt(mark);
      if (why && had) forgetUser(why);
    },
  };
}
