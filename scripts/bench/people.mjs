import { createHash } from 'node:crypto';

/**
 * Who a person is to WeChat. Real openids come in no order, and rows that arrive in order would be cheaper to index.
 * @param {number | string} person their number
 */
export function openidOf(person) {
  return createHash('sha256').update(`u${person}`).digest('base64url').slice(0, 28);
}
