import { isIP } from 'node:net';
import { normalizeIp } from '@nestjs/throttler';

/** Some proxies append the port: `203.0.113.7:50123`, `[2001:db8::7]:50123`. */
const WITH_PORT = /^(?:([\d.]+)|\[([\da-f:.]+)\]):\d+$/i;

/**
 * Returns the key under which requests of a client are counted: its IPv4 address, also if mapped into IPv6, or the /64 of
 * its IPv6 address, because one phone has a whole /64.
 * @returns undefined if the text is no address
 */
export function clientAddress(ip: string): string | undefined {
  if (isIP(ip) !== 0) return normalizeIp(ip, 64);
  const [, v4, v6] = WITH_PORT.exec(ip) ?? [];
  const bare = v4 ?? v6 ?? '';
  return isIP(bare) === 0 ? undefined : normalizeIp(bare, 64);
}
