/**
 * Converts a phone number of WeChat to E.164: `+8613812345678`.
 * @param countryCode digits, as text or as a number: WeChat sends both
 * @returns undefined if the members are no phone number
 * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber.html
 */
export function e164Of({
  countryCode,
  purePhoneNumber,
}: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof countryCode !== 'string' && typeof countryCode !== 'number') return undefined;
  if (typeof purePhoneNumber !== 'string') return undefined;
  const parts = `${countryCode} ${purePhoneNumber}`;
  const e164 = `+${countryCode}${purePhoneNumber}`;
  // At most 15 digits, of which 1 to 3 are the country's (ITU-T E.164 section 6).
  return /^[1-9]\d{0,2} \d{4,14}$/.test(parts) && e164.length <= 16 ? e164 : undefined;
}
