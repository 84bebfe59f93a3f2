import { describe, expect, it } from 'vitest';
import { e164Of } from './e164.js';

describe('e164Of', () => {
  it.each([
    ['a country code as text', { countryCode: '86', purePhoneNumber: '13123456789' }, '+8613123456789'],
    ['a country code as a number', { countryCode: 86, purePhoneNumber: '13123456789' }, '+8613123456789'],
    [
      'another country than phoneNumber',
      { phoneNumber: '+85261234567', countryCode: '852', purePhoneNumber: '61234567' },
      '+85261234567',
    ],
    ['a number that begins with 0', { countryCode: 39, purePhoneNumber: '0612345678' }, '+390612345678'],
    ['15 digits', { countryCode: 1, purePhoneNumber: '23456789012345' }, '+123456789012345'],
  ])('converts %s', (_, info, e164) => {
    expect(e164Of(info)).toBe(e164);
  });

  it.each([
    ['an empty object', {}],
    ['no country code', { purePhoneNumber: '13123456789' }],
    ['no number', { countryCode: '86' }],
    ['null', { countryCode: null, purePhoneNumber: '13123456789' }],
    ['a number that is no text', { countryCode: '86', purePhoneNumber: 13123456789 }],
    ['a list', { countryCode: ['86'], purePhoneNumber: ['13123456789'] }],
    ['a plus', { countryCode: '+86', purePhoneNumber: '13123456789' }],
    ['a country code that begins with 0', { countryCode: '086', purePhoneNumber: '13123456789' }],
    ['a negative country code', { countryCode: -86, purePhoneNumber: '13123456789' }],
    ['a broken country code', { countryCode: 8.6, purePhoneNumber: '13123456789' }],
    ['spaces', { countryCode: '86', purePhoneNumber: '131 2345 6789' }],
    ['a line break', { countryCode: '86', purePhoneNumber: '13123456789\n' }],
    ['letters', { countryCode: '86', purePhoneNumber: '1312345678a' }],
    ['digits of another script', { countryCode: '86', purePhoneNumber: '١٢٣٤٥٦٧٨٩' }],
    ['16 digits', { countryCode: '86', purePhoneNumber: '12345678901234' }],
    ['too few digits', { countryCode: '86', purePhoneNumber: '110' }],
  ])('returns undefined for %s', (_, info) => {
    expect(e164Of(info)).toBeUndefined();
  });
});
