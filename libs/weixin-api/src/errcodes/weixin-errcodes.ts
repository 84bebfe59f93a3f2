import { APP_ERRCODES } from './app-errcodes.js';
import { CODE_ERRCODES } from './code-errcodes.js';
import { LIMIT_ERRCODES } from './limit-errcodes.js';
import { REQUEST_ERRCODES } from './request-errcodes.js';
import { TOKEN_ERRCODES } from './token-errcodes.js';
import type { WeixinErrcode } from './weixin-errcode.js';

/**
 * The only place where an errcode meets HTTP. An errcode that is not here becomes `weixin_unavailable`.
 * The second half of `docs/errors.md` is generated from this table.
 * @see https://developers.weixin.qq.com/doc/oplatform/developers/errCode/errCode.html
 */
export const WEIXIN_ERRCODES: Readonly<Record<number, WeixinErrcode>> = {
  ...LIMIT_ERRCODES,
  ...CODE_ERRCODES,
  ...APP_ERRCODES,
  ...TOKEN_ERRCODES,
  ...REQUEST_ERRCODES,
};

/** Why WeChat answers an errcode and what helps, in English and Chinese; undefined for an unknown one. */
export function explainErrcode(errcode: number): Pick<WeixinErrcode, 'cause' | 'fix'> | undefined {
  return WEIXIN_ERRCODES[errcode];
}
