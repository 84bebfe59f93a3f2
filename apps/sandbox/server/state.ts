import { Faults } from './faults/faults.js';
import { LoginCodes } from './login/codes.js';
import { MinuteQuota } from './login/minute-quota.js';
import { SessionKeys } from './login/session-keys.js';
import { WEIXIN_PATHS } from './weixin/endpoints.js';

/** Everything one sandbox remembers. It lives in memory and dies with the process. */
export class SandboxState {
  readonly loginCodes = new LoginCodes();
  readonly sessionKeys = new SessionKeys();
  readonly minuteQuota = new MinuteQuota();
  readonly faults = new Faults();
  readonly #calls = new Map(WEIXIN_PATHS.map((path) => [path, 0]));

  countCall(path: string): void {
    this.#calls.set(path, (this.#calls.get(path) ?? 0) + 1);
  }

  /** Calls that reached WeChat's side since the last reset, by path, faulted ones included. */
  stats(): Record<string, number> {
    return Object.fromEntries(this.#calls);
  }

  reset(): void {
    this.loginCodes.clear();
    this.sessionKeys.clear();
    this.minuteQuota.clear();
    this.faults.replace([]);
    for (const path of this.#calls.keys()) this.#calls.set(path, 0);
  }
}
