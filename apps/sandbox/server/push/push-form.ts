import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import type { PushKeys } from '../state/apps.js';

/** How a push is sent. `compatible` has the open members beside the encrypted ones. */
export type PushMode = 'plain' | 'compatible' | 'safe';
export type PushFormat = 'xml' | 'json';

/** The members of a push. */
export type PushMembers = Readonly<Record<string, string | number>>;

/** Writes members as XML or JSON. */
export function writePush(members: PushMembers, format: PushFormat): string {
  if (format === 'json') return JSON.stringify(members);
  const elements = Object.entries(members).map(([name, value]) =>
    typeof value === 'number' ? `<${name}>${value}</${name}>` : `<${name}>${cdata(value)}</${name}>`,
  );
  return `<xml>${elements.join('')}</xml>`;
}

const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

/** SHA-1 of the sorted texts, in hexadecimal digits. */
export function signPush(...texts: string[]): string {
  return createHash('sha1').update(texts.sort().join('')).digest('hex');
}

/** Encrypts a push: 16 random bytes, length, text, appid, padded to 32 bytes, AES-256-CBC. */
export function encryptPush(text: string, appid: string, { encodingAesKey }: PushKeys): string {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  const plain = Buffer.concat([randomBytes(16), length, bytes, Buffer.from(appid)]);
  const padding = 32 - (plain.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([plain, Buffer.alloc(padding, padding)]);
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}
