import { createHmac } from 'node:crypto';
import type { Errcode } from '../state/errcodes.js';
import { isOpenid } from '../state/identity.js';
import type { SandboxState } from '../state/state.js';
import type { WeixinCall } from './endpoint.js';

/**
 * hex(HMAC-SHA256(session_key, message)). The key is the session_key's text, not the bytes that it encodes.
 * @param message for checksession and resetusersessionkey the empty text
 */
export function sessionSignature(session_key: string, message = ''): string {
  return createHmac('sha256', session_key).update(message).digest('hex');
}

/** Why the call does not prove the current session_key of its `openid`; undefined where it does. */
export function refuseSignature(state: SandboxState, { query, appid }: WeixinCall): Errcode | undefined {
  const openid = query('openid');
  if (!isOpenid(openid)) return 40003;
  if (query('sig_method') !== 'hmac_sha256') return 87008;
  const session_key = state.sessionKeys.find({ appid, openid });
  return session_key && query('signature') === sessionSignature(session_key) ? undefined : 87009;
}
