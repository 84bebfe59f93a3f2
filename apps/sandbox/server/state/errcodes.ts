/**
 * Every errcode the sandbox answers by itself or words for an `errcode` fault: errcode → errmsg without its tail.
 * @see https://developers.weixin.qq.com/doc/oplatform/developers/errCode/errCode.html
 */
export const ERRCODES = {
  [-1]: 'system error',
  40001:
    'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40125: 'invalid appsecret',
  40129: 'invalid scene', // the meaning is documented, the wording is ours
  40163: 'code been used', // not in the official table, seen in the field
  40164: 'invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist',
  40226: 'code blocked',
  40243: 'appsecret is frozen', // the meaning is documented, the wording is ours
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41008: 'missing code',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  43104: 'appid does not match openid', // the meaning is documented, the wording is ours
  44002: 'empty post data',
  45002: 'content size out of limit',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit mustslower retry next minute',
  47001: 'data format error',
  50002: 'user limited',
  61010: 'code is expired',
  87008: 'invalid sig_method',
  87009: 'invalid signature',
} as const;

/** An errcode of the table. */
export type Errcode = keyof typeof ERRCODES;
