import { alphanumerics } from './alphanumerics.js';
import { ExpiringMap } from './expiring-map.js';
import type { WeixinIdentity } from './identity.js';

const CODE_TTL_MS = 5 * 60_000;

/** A code of `wx.login()` and whom it logs in. */
export interface LoginCode {
  identity: WeixinIdentity;
  /** A code works once; the exchange sets this flag. */
  used: boolean;
}

/**
 * The codes that `wx.login()` gave: 32 alphanumerics, alive for five minutes, used ones included.
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.login.html
 */
export class LoginCodes {
  readonly #codes = new ExpiringMap<LoginCode>(CODE_TTL_MS);

  mint(identity: WeixinIdentity): string {
    const js_code = alphanumerics(32);
    this.#codes.set(js_code, { identity, used: false });
    return js_code;
  }

  find(js_code: string): LoginCode | undefined {
    return this.#codes.get(js_code);
  }

  clear(): void {
    this.#codes.clear();
  }
}
