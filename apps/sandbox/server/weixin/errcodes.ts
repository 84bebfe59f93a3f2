import { randomBytes } from 'node:crypto';

/**
 * Every errcode the sandbox answers by itself or words for an `errcode` fault: errcode → errmsg without its tail.
 * @see https://developers.weixin.qq.com/doc/oplatform/developers/errCode/errCode.html
 */
export const ERRCODES = {
  [-1]: 'system error',
  40001: 'invalid credential, access_token is invalid or not latest',
  40002: 'invalid grant_type',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40125: 'invalid appsecret',
  40163: 'code been used', // not in the official table, seen in the field
  40164: 'invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist',
  40226: 'code blocked',
  40243: 'appsecret is frozen', // the meaning is documented, the wording is ours
  41002: 'appid missing',
  41004: 'appsecret missing',
  41008: 'missing code',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit mustslower retry next minute',
  50002: 'user limited',
} as const;

/** An errcode of the table. */
export type Errcode = keyof typeof ERRCODES;

/** How a family of endpoints ends its errmsg; each call makes a new rid. */
export const ERRMSG_TAILS = {
  sns: () => `, rid: ${rid()}`,
} as const;

/** The name of a family of endpoints, the first word of their paths. */
export type Family = keyof typeof ERRMSG_TAILS;

/**
 * The body of a refusal.
 * @param errcode of the table or not; text is kept as text, since WeChat has sent `"40029"` too
 * @param errmsg sent as it is, without a tail; default: the table's text and the family's tail
 */
export function refusal(errcode: number | string, family: Family, errmsg?: string): object {
  const known: Partial<Record<string, string>> = ERRCODES;
  return { errcode, errmsg: errmsg ?? `${known[errcode] ?? 'unknown error'}${ERRMSG_TAILS[family]()}` };
}

/** Three groups of 8 hex digits; the first is the time in unix seconds. */
function rid(): string {
  const seconds = Math.floor(Date.now() / 1000)
    .toString(16)
    .padStart(8, '0');
  const random = randomBytes(8).toString('hex');
  return `${seconds}-${random.slice(0, 8)}-${random.slice(8)}`;
}
