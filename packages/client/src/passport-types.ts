import type { AuthListener, User } from './events.js';
import type { Answer } from './exchange.js';
import type { Json } from './json.js';
import type { Log } from './log.js';
import type { Port, TokenStorage } from './port.js';
import type { LoginOptions, LoginResult } from './renewal.js';
import type { Call, CallOptions, Method, Pending } from './call.js';
import type { Routes } from './api-types.js';
import type { Starter } from './wire.js';

/** How a client is set up. */
export interface PassportOptions {
  /** Where the service answers, such as `https://passport.example.com`. */
  baseUrl: string;
  /** The longest a call to WeChat or to the service may take, in milliseconds. Default 10,000. */
  timeoutMs?: number;
  /** The functions of the platform: `wx` (the default where it exists), `uni` or `Taro`. */
  port?: Port;
  /** Storage for the tokens, in place of that of the port. */
  storage?: TokenStorage;
  /** The AppID to log in with. Default: what the platform says. */
  appid?: string;
  /** Begins the storage keys of this instance. Default `passport`. Instances of different services need different ones. */
  prefix?: string;
  /** How many calls run at the same time. WeChat allows ten in all: share them if you have several instances. Default 10. */
  maxAtOnce?: number;
  /** Receives each decision of the client, without secrets. */
  log?: Log;
}

type MethodOf<Path extends keyof Routes> = Extract<keyof Routes[Path], Method>;

/** The body that a route takes, and no other. */
export type RouteBody<Path extends keyof Routes, M extends MethodOf<Path>> = Routes[Path][M] extends {
  body: infer Body;
}
  ? { body: Body }
  : unknown;

/** The body of a route's answer. */
export type RouteAnswer<Path extends keyof Routes, M extends MethodOf<Path>> = Routes[Path][M] extends {
  answer: infer Body;
}
  ? Body
  : Json;

/** A client of one service. */
export interface Passport {
  /**
   * Sends a call in the user's name, logging in first if need be. When the service no longer accepts the access token, gets
   * a new one and resends once, in the name of the same user. GET and HEAD are tried up to three times if the fault may
   * pass; all other methods once, since the service may have done what was asked although no answer came.
   * @throws {Problem} the service's code, `network_failed`, `network_timeout`, `answer_unreadable`, `aborted`,
   *   `user_changed`, or as `ready`
   */
  request: {
    <Path extends keyof Routes>(
      call: CallOptions & { path: Path; method?: 'GET' & MethodOf<Path> },
    ): Pending<Answer<RouteAnswer<Path, 'GET' & MethodOf<Path>>>>;
    <Path extends keyof Routes, M extends MethodOf<Path>>(
      call: CallOptions & { path: Path; method: M } & RouteBody<Path, M>,
    ): Pending<Answer<RouteAnswer<Path, M>>>;
    <Body = Json>(call: Call): Pending<Answer<Body>>;
  };
  /** Sends a call by a function of the platform that you start: `upload` and `download` are made of it. */
  transfer: <Body = Json>(call: CallOptions & { method: Method }, start: Starter) => Pending<Answer<Body>>;
  /**
   * Waits for a login, and logs in if need be. Pages need not call it: `request` does the same.
   * @throws {Problem} what stopped the login; `logged_out` after `logout()`, or if the session was ended elsewhere: then
   *   `body` has `ended_by` and `ended_at`; `storage_failed` if the storage does not say whether the user is logged out
   */
  ready: () => Promise<User>;
  /** The user of the tokens at hand, without a network: what the phone stores for them can be shown immediately. */
  currentUser: () => User | undefined;
  /**
   * Logs in by the user's own act: after `logout()`, after a logout elsewhere, and once during a pause after failures.
   * @throws {Problem} what stopped the login
   */
  login: (options?: LoginOptions) => Promise<LoginResult>;
  /**
   * Logs out here immediately, and at the service as soon as it is reached. Until `login()` every call fails with
   * `logged_out`, after a restart of the mini-program too. Running calls end with it.
   * @returns when the service knows, or could not be reached
   * @throws {Problem} with `everywhere` only: the other devices could not be logged out, and so this one is not either
   */
  logout: (options?: { everywhere?: boolean }) => Promise<void>;
  /** A good access token, for another HTTP client. @throws {Problem} as `ready` */
  accessToken: () => Promise<string>;
  /**
   * A good access token in place of one that was refused. Of many calls only the first gets a new one; the others get the
   * same. @throws {Problem} as `ready`; `token_invalid` if new tokens are refused too
   */
  refreshIfCurrent: (refusedAccessToken: string) => Promise<string>;
  /** Calls a listener at each login, refresh and logout. @returns a function that ends this */
  onAuthChange: (listener: AuthListener) => () => void;
}
