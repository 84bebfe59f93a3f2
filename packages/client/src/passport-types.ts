import type { AuthListener, User } from './events.js';
import type { Answer } from './exchange.js';
import type { Json } from './json.js';
import type { Log } from './log.js';
import type { Port, TokenStorage } from './port.js';
import type { LoginOptions, LoginResult } from './renewal.js';
import type { Call, CallOptions, Method, Pending } from './call.js';
import type { Routes } from './api-types.js';
import type { Starter } from './wire.js';

/** The options of a client. */
export interface PassportOptions {
  /** The base URL of the service, such as `https://passport.example.com`. */
  baseUrl: string;
  /** The longest a call to WeChat or to the service may take, in milliseconds. Default 10,000. */
  timeoutMs?: number;
  /** The functions of the platform: `wx` (default, if it exists), `uni` or `Taro`. */
  port?: Port;
  /** The storage for the tokens. Default: that of the port. */
  storage?: TokenStorage;
  /** The AppID to log in with. Default: the AppID that the platform returns. */
  appid?: string;
  /** The prefix of the storage keys. Default `passport`. Instances for different services need different prefixes. */
  prefix?: string;
  /** The maximum number of concurrent calls. Default 10. WeChat allows ten in total, so divide them among several instances. */
  maxAtOnce?: number;
  /** Receives each decision of the client, without secrets. */
  log?: Log;
}

type MethodOf<Path extends keyof Routes> = Extract<keyof Routes[Path], Method>;

/** The type of the request body of a route. */
export type RouteBody<Path extends keyof Routes, M extends MethodOf<Path>> = Routes[Path][M] extends {
  body: infer Body;
}
  ? { body: Body }
  : unknown;

/** The type of the answer's body of a route. */
export type RouteAnswer<Path extends keyof Routes, M extends MethodOf<Path>> = Routes[Path][M] extends {
  answer: infer Body;
}
  ? Body
  : Json;

/** A client of one service. */
export interface Passport {
  /**
   * Sends a call with the user's access token, and logs in first if necessary. If the service refuses the access token, gets
   * a new one and sends the call again once, for the same user only. GET and HEAD are tried up to three times after a
   * temporary fault. Other methods are tried once, because the service may have processed a call without an answer.
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
  /** Sends a call by another function of the platform, which `start` calls. `upload` and `download` use it. */
  transfer: <Body = Json>(call: CallOptions & { method: Method }, start: Starter) => Pending<Answer<Body>>;
  /**
   * Waits for the login, and logs in if necessary. Pages need not call it, because `request` does the same.
   * @throws {Problem} the problem of the login; `logged_out` after `logout()`, or if the session was ended elsewhere, with
   *   `ended_by` and `ended_at` in `body`; `storage_failed` if the storage cannot be read
   */
  ready: () => Promise<User>;
  /** Returns the user of the stored tokens, without a network call; undefined if no user is logged in. */
  currentUser: () => User | undefined;
  /**
   * Logs in by the user's own act. Works after `logout()`, after a logout elsewhere, and once during a pause after failures.
   * @throws {Problem} the problem of the login
   */
  login: (options?: LoginOptions) => Promise<LoginResult>;
  /**
   * Logs out on this phone immediately, and at the service as soon as it can be reached. Until `login()` every call fails with
   * `logged_out`, even after a restart of the mini-program. Running calls fail with `logged_out` too.
   * @returns after the call to the service has ended
   * @throws {Problem} only with `everywhere`, if the other devices could not be logged out; then this one is not either
   */
  logout: (options?: { everywhere?: boolean }) => Promise<void>;
  /** Returns a valid access token, for another HTTP client. @throws {Problem} as `ready` */
  accessToken: () => Promise<string>;
  /**
   * Returns a valid access token after one was refused. Concurrent callers share one refresh and get the same token.
   * @throws {Problem} as `ready`; `token_invalid` if new tokens are refused too
   */
  refreshIfCurrent: (refusedAccessToken: string) => Promise<string>;
  /** Calls the listener at each login, refresh and logout. @returns a function that removes the listener */
  onAuthChange: (listener: AuthListener) => () => void;
}
