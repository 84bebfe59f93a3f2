import { randomBytes } from 'node:crypto';
import { ExpiringMap } from './expiring-map.js';
import type { PhoneNumber } from './phone-number.js';

const CODE_TTL_MS = 5 * 60_000;

/** A code of a getPhoneNumber button and its phone number. */
export interface PhoneCode {
  appid: string;
  phone: PhoneNumber;
  /** When the user pressed the button, in epoch milliseconds. */
  pressedAt: number;
  /** A code works once; the call that returns the number sets this flag. */
  used: boolean;
}

/**
 * The codes that getPhoneNumber buttons gave: 64 hex digits, alive for five minutes, used ones included.
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getPhoneNumber.html
 */
export class PhoneCodes {
  readonly #codes = new ExpiringMap<PhoneCode>(CODE_TTL_MS);

  mint(appid: string, phone: PhoneNumber): string {
    const code = randomBytes(32).toString('hex');
    this.#codes.set(code, { appid, phone, pressedAt: Date.now(), used: false });
    return code;
  }

  find(code: string): PhoneCode | undefined {
    return this.#codes.get(code);
  }

  clear(): void {
    this.#codes.clear();
  }
}
