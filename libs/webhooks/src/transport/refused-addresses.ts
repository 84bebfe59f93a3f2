import { BlockList, isIP } from 'node:net';

/** Networks of this machine, of private networks, of cloud metadata and of no single host. */
const IPV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const;

/** The last two are translated to IPv4 by a network of its own choice, or no longer in use. */
const IPV6 = [
  ['::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
] as const;

const REFUSED = new BlockList();
for (const [network, prefix] of IPV4) {
  // Covers the mapped form too: ::ffff:10.0.0.1.
  REFUSED.addSubnet(network, prefix, 'ipv4');
  // NAT64 (RFC 6052) and 6to4 (RFC 3056) carry an IPv4 address.
  REFUSED.addSubnet(`64:ff9b::${network}`, 96 + prefix, 'ipv6');
  REFUSED.addSubnet(`2002:${hexOf(network)}::`, 16 + prefix, 'ipv6');
}
for (const [network, prefix] of IPV6) REFUSED.addSubnet(network, prefix, 'ipv6');

/**
 * Returns whether a webhook must not be sent to an address, because it may be a service inside the operator's network.
 * @param address IPv4 or IPv6, without brackets; anything else is refused
 */
export function isRefusedAddress(address: string): boolean {
  const family = isIP(address);
  return family === 0 || REFUSED.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

function hexOf(ipv4: string): string {
  const hex = ipv4.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
  return `${hex.slice(0, 2).join('')}:${hex.slice(2).join('')}`;
}
