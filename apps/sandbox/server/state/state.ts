import { AccessTokens } from './access-tokens.js';
import { AppModes } from './app-modes.js';
import { CallCounts } from './call-counts.js';
import { Faults } from './faults.js';
import { LatestTokens } from './latest-tokens.js';
import { LoginCodes } from './login-codes.js';
import { PhoneCodes } from './phone-codes.js';
import { Quota } from './quota.js';
import { RiskyWords } from './risky-words.js';
import { SessionKeys } from './session-keys.js';
import { StableTokens } from './stable-tokens.js';
import { SandboxUsers } from './users.js';
import { Visits } from './visits.js';

/** Everything that the imitated WeChat of one sandbox remembers, in memory. Each member has a `clear`. */
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
  readonly calls = new CallCounts();

  /** Forgets everything, as a new process would have it. */
  clear(): void {
    for (const part of Object.values(this)) (part as { clear(): void }).clear();
  }
}
