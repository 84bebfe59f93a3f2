import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

// Node.js can read certificates and cannot make them, and openssl is not on every machine: X.509 v3 in DER (RFC 5280).

const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
};
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const boolean = der(0x01, Buffer.from([0xff]));
const bits = (bytes: Buffer) => der(0x03, Buffer.from([0]), bytes);
const nameOf = (name: string) => sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(name)))));
const time = (date: Date) => der(0x18, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/g, '')));
const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'));
const DAY_MS = 86_400_000;

/** A certificate with its private key, both as PEM. */
export interface Certificate {
  readonly name: string;
  readonly privateKey: KeyObject;
  readonly cert: string;
  readonly key: string;
}

/** What differs between certificates. */
export interface Options {
  /** Without one it is self-signed. */
  readonly issuer?: Certificate;
  /** The names and IPv4 addresses it is for; an authority has none. */
  readonly hosts?: readonly string[];
  /** Days from now until it expires. */
  readonly days?: number;
}

/** Makes a certificate that is valid from 60 days ago. */
export function certificate(name: string, { issuer, hosts = [], days = 30 }: Options = {}): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const now = Date.now();
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1, ...Buffer.from(name).subarray(0, 8)])),
    ECDSA_WITH_SHA256,
    nameOf(issuer?.name ?? name),
    sequence(time(new Date(now - 60 * DAY_MS)), time(new Date(now + days * DAY_MS))),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(hosts.length === 0 ? basicConstraints() : subjectAltName(hosts))),
  );
  const signature = sign('sha256', toBeSigned, issuer?.privateKey ?? privateKey);
  const bytes = sequence(toBeSigned, ECDSA_WITH_SHA256, bits(signature));
  const lines = bytes.toString('base64').replace(/(.{64})(?=.)/g, '$1\n');
  return {
    name,
    privateKey,
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

const basicConstraints = () => sequence(oid('551d13'), boolean, der(0x04, sequence(boolean)));

const subjectAltName = (hosts: readonly string[]) =>
  sequence(oid('551d11'), der(0x04, sequence(...hosts.map(generalName))));

const generalName = (host: string) =>
  /^[\d.]+$/.test(host) ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host));
