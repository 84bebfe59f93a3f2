import { isIP } from 'node:net';

/**
 * Returns the network part of an address: `203.0.113.0` (/24) or `2001:db8:12::` (/48).
 * @returns null if the text is not an IP address
 */
export function maskIp(address: string | undefined): string | null {
  const plain = withoutPort(address ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIP(plain) === 4) return plain.replace(/\d+$/, '0');
  if (isIP(plain) === 6) return `${expand(plain).slice(0, 3).join(':')}::`;
  return null;
}

/** Removes the port that some proxies append: `203.0.113.77:8080`, `[2001:db8::1]:8080`. */
function withoutPort(address: string): string {
  return /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? address.replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1');
}

/** Returns the eight groups of an IPv6 address, with `::` expanded. */
function expand(address: string): string[] {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(Math.max(zeros, 0)).fill('0'), ...right];
}
