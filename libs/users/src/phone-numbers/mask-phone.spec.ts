import { describe, expect, it } from 'vitest';
import { maskPhone } from './mask-phone.js';

describe('a masked phone number', () => {
  it.each([
    ['of the mainland has three digits, four asterisks and four digits', '+8613812345678', '138****5678'],
    ['of another country keeps its country code', '+15551230123', '+155****0123'],
    ['of Hong Kong hides four of eight digits', '+85261234567', '+852****4567'],
    ['that is short shows less', '+6834000', '+68****00'],
    ['that is as long as can be hides the most', '+123456789012345', '+123****2345'],
  ])('%s', (_, e164, masked) => {
    expect(maskPhone(e164)).toBe(masked);
  });

  it('says nothing about a mainland number that is no mobile phone’s but its ends', () => {
    expect(maskPhone('+861012345678')).toBe('+861****5678');
  });
});
