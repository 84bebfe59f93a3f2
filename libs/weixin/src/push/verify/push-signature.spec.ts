import { expect, it } from 'vitest';
import { isSignedBy } from './push-signature.js';

it('accepts the signature of the example in WeChat’s documents, and no other', () => {
  const signed = { timestamp: '1714036504', nonce: '1514711492' };
  const good = 'f464b24fc39322e44b38aa78f5edd27bd1441696';
  expect(isSignedBy('AAAAA', good, signed)).toBe(true);
  expect(isSignedBy('AAA', good, signed)).toBe(false);
  expect(isSignedBy('AAAAA', good.toUpperCase(), signed)).toBe(false);
  expect(isSignedBy('AAAAA', good, signed, '')).toBe(true);
  expect(isSignedBy('AAAAA', good, signed, 'x')).toBe(false);
});
