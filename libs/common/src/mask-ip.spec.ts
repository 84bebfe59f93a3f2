import { expect, it } from 'vitest';
import { maskIp } from './mask-ip.js';

it.each([
  ['203.0.113.77', '203.0.113.0'],
  ['::ffff:203.0.113.77', '203.0.113.0'],
  ['2001:db8:12:34:56:78:9a:bc', '2001:db8:12::'],
  ['2001:db8::1', '2001:db8:0::'],
  ['::1', '0:0:0::'],
  ['fe80::1%eth0', 'fe80:0:0::'],
  ['203.0.113.77:8080', '203.0.113.0'],
  ['[2001:db8:12::1]:8080', '2001:db8:12::'],
  ['not an address', null],
  ['', null],
  [undefined, null],
])('keeps of %s only the network %s', (address, masked) => {
  expect(maskIp(address)).toBe(masked);
});
