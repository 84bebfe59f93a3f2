import { expect, it } from 'vitest';
import { clientAddress } from './client-address.js';

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.7:50123', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::ffff:cb00:7107', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:1:2::9', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::9]:50123', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::9', '2001:db8:1:3::/64'],
  ['fe80::1%eth0', 'fe80::/64'],
  ['::1', '::1'],
  ['unknown', undefined],
  ['999.0.113.7:1', undefined],
  ['[x]:1', undefined],
  ['', undefined],
])('returns for %j the key %j', (ip, key) => {
  expect(clientAddress(ip)).toBe(key);
});
