import { describe, expect, it } from 'vitest';
import { namesVersion } from './entity-tag.js';

describe('namesVersion', () => {
  it.each([
    '*',
    '"7"',
    ' "7" ',
    'W/"7"',
    '"7-gzip"',
    'W/"7-gzip"',
    '"7-GZIP"',
    '"7-br"',
    '"7-zstd"',
    '"7-deflate"',
    '"7--gzip"',
    '"7;gzip"',
    '"7;br"',
    '"7:zstd"',
    '"7+gzip"',
    '"6", "7-gzip"',
    'W/"6",W/"7"',
  ])('finds version 7 in %s', (tags) => {
    expect(namesVersion(tags, 7)).toBe(true);
  });

  it.each([
    '',
    '7',
    '7-gzip',
    '"7',
    '7"',
    '""',
    '"70"',
    '"70-gzip"',
    '"07"',
    '"17"',
    '"-7"',
    '"7-"',
    '"7.5"',
    '"7gzip"',
    '"7-1"',
    '"7e0"',
    '"x-7"',
    '"7 -gzip"',
    'w/"7"x',
    'W/ "7"',
    '"6-gzip"',
    '"*"',
    '*, "6"',
  ])('does not find version 7 in %j', (tags) => {
    expect(namesVersion(tags, 7)).toBe(false);
  });

  it('does not take long for a header of 16 KiB', () => {
    const started = performance.now();
    expect(namesVersion(`"7${'-'.repeat(16_000)}`, 7)).toBe(false);
    expect(namesVersion('"6",'.repeat(4000), 7)).toBe(false);
    expect(performance.now() - started).toBeLessThan(100);
  });
});
