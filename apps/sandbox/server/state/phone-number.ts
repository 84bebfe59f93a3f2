import { hash } from 'node:crypto';

const PHONE = /^(?:\+([1-9]\d{0,2}) )?(\d{4,14})$/;

/** A phone number as WeChat answers it. */
export interface PhoneNumber {
  /** With the country code where it is not China's: `+85261234567`. */
  phoneNumber: string;
  /** Without. */
  purePhoneNumber: string;
  /** Text here; WeChat has sent a number too. */
  countryCode: string;
}

/** Whether this is digits alone, as 13800138000, or a country code and digits, as "+852 61234567". */
export function isPhone(text: string): boolean {
  return PHONE.test(text);
}

/**
 * Returns a phone number as WeChat answers it.
 * @param phone that `isPhone`; digits alone are China's
 */
export function phoneNumberOf(phone: string): PhoneNumber {
  const [, countryCode = '86', purePhoneNumber = ''] = PHONE.exec(phone) ?? [];
  const phoneNumber = countryCode === '86' ? purePhoneNumber : `+${countryCode}${purePhoneNumber}`;
  return { phoneNumber, purePhoneNumber, countryCode };
}

/** Returns the number of a user to whom the developer gave none: `13` and nine digits, the same in every run. */
export function inventedPhone(user: string): string {
  const digest = hash('sha256', Buffer.from(`phone/${user}`), 'buffer');
  return `13${String(digest.readUIntBE(0, 6) % 1_000_000_000).padStart(9, '0')}`;
}
