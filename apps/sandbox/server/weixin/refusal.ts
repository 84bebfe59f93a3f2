import { ERRCODES } from '../state/errcodes.js';
import { FAMILIES, type Family } from './families.js';

/**
 * Returns the body of a refusal.
 * @param errcode one of ERRCODES or any other; text stays text, since WeChat has sent `"40029"` too
 * @param errmsg sent as it is, without a tail; by default the text of ERRCODES and the tail of the family
 */
export function refusal(errcode: number | string, family: Family, errmsg?: string): object {
  const known: Partial<Record<string, string>> = ERRCODES;
  return {
    errcode,
    errmsg: errmsg ?? `${known[errcode] ?? 'unknown error'}${FAMILIES[family].errmsgTail()}`,
  };
}
