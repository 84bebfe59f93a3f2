import { randomBytes } from 'node:crypto';
import { alphanumerics } from '../state/alphanumerics.js';

const JSON_TYPE = 'application/json; charset=UTF-8';

/** How each family of endpoints answers: the content type, and the end of an errmsg, with a new rid each time. */
export const FAMILIES = {
  sns: { contentType: 'text/plain', errmsgTail: () => `, rid: ${rid()}` },
  'cgi-bin': { contentType: JSON_TYPE, errmsgTail: () => ` rid: ${rid()}` },
  wxa: { contentType: JSON_TYPE, errmsgTail: () => ` rid: ${rid()}` },
  'wxa/business': { contentType: JSON_TYPE, errmsgTail: () => ` hint: [${hint()}] rid: ${rid()}` },
} as const;

/** The name of a family of endpoints, the first words of their paths. */
export type Family = keyof typeof FAMILIES;

/** Three groups of 8 hex digits; the first is the time in unix seconds. WeChat's trace_id has the same form. */
export function rid(): string {
  const seconds = Math.floor(Date.now() / 1000)
    .toString(16)
    .padStart(8, '0');
  const random = randomBytes(8).toString('hex');
  return `${seconds}-${random.slice(0, 8)}-${random.slice(8)}`;
}

function hint(): string {
  return `${alphanumerics(9)}-${alphanumerics(6)}`;
}
