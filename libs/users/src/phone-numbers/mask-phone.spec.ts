import { describe, expect, it } from 'vitest';
import { maskPhone } from './mask-phone.js';

describe('maskPhone', () => {
  it.each([
    ['leaves three and four digits of a mainland number', '+8613812345678', '138****5678'],
    ['leaves the country code of another country', '+15551230123', '+155****0123'],
    ['hides four of eight digits of a Hong Kong number', '+85261234567', '+852****4567'],
    ['leaves less of a short number', '+6834000', '+68****00'],
    ['hides the most of the longest number', '+123456789012345', '+123****2345'],
  ])('%s', (_, e164, masked) => {
    expect(maskPhone(e164)).toBe(masked);
  });

  it('leaves only both ends of a mainland number that is not a mobile phone', () => {
    expect(maskPhone('+861012345678')).toBe('+861****5678');
  });
});
