import { RiskyWords } from './risky-words.js';
import { Faults } from '../control/faults.js';
import { LoginCodes } from './login-codes.js';
import { SessionKeys } from './session-keys.js';
import { Visits } from './visits.js';
import { Chain } from '../trace/chain.js';
import { PhoneCodes } from './phone-codes.js';
import { Quota } from './quota.js';
import { AccessTokens } from './access-tokens.js';
import { LatestTokens } from './latest-tokens.js';
import { StableTokens } from './stable-tokens.js';
import { AppModes } from './app-modes.js';
import { WEIXIN_PATHS } from '../weixin/endpoints.js';
import { SandboxUsers } from './users.js';

/** Everything one sandbox remembers. It lives in memory and dies with the process. */
export class SandboxState {
  readonly loginCodes = new LoginCodes();
  readonly sessionKeys = new SessionKeys();
  readonly visits = new Visits();
  /** Exchanges of login codes: WeChat allows one user a hundred a minute. */
  readonly exchangeQuota = new Quota(100, 60_000);
  readonly accessTokens = new AccessTokens();
  readonly stableTokens = new StableTokens(this.accessTokens);
  readonly latestTokens = new LatestTokens(this.accessTokens);
  readonly phoneCodes = new PhoneCodes();
  readonly appModes = new AppModes();
  readonly users = new SandboxUsers();
  readonly riskyWords = new RiskyWords();
  readonly faults = new Faults();
  readonly chain = new Chain();
  readonly #calls = new Map(WEIXIN_PATHS.map((path) => [path, 0]));

  countCall(path: string): void {
    this.#calls.set(path, (this.#calls.get(path) ?? 0) + 1);
  }

  /** Calls that reached WeChat's side since the last reset, by path, faulted ones included. */
  stats(): Record<string, number> {
    return Object.fromEntries(this.#calls);
  }

  reset(): void {
    // Every part has a `clear`: one that is added above is forgotten here too.
    for (const part of Object.values(this)) (part as { clear(): void }).clear();
    for (const path of this.#calls.keys()) this.#calls.set(path, 0);
  }
}
