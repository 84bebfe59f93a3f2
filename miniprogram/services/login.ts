import { dropStoredToken, isFresh, storedToken, storeToken } from './access-token';
import type { AccessToken } from './access-token';
import { Problem } from './problem';
import { loginCode, send } from './wechat';
import type { Answer, Call } from './wechat';

let token: AccessToken | undefined;
let inFlight: Promise<string> | undefined;

/**
 * An access token that is still valid: the one at hand, else that of a new login. Whoever asks while a login is
 * in flight waits for that one. After a failure the next call starts afresh.
 * @throws {Problem} whatever stopped the login
 */
export function accessToken(): Promise<string> {
  if (inFlight) return inFlight;
  token = token ?? storedToken();
  if (token && isFresh(token, Date.now())) return Promise.resolve(token.access);
  inFlight = logIn().finally(() => {
    inFlight = undefined;
  });
  return inFlight;
}

/**
 * Sends a call in the user's name. When the service no longer accepts the token, logs in once more and resends
 * once; a second 401 goes to the caller.
 * @throws {Problem} as `send`, or whatever stopped the login
 */
export async function sendAsUser(call: Call): Promise<Answer> {
  const access = await accessToken();
  try {
    return await send(withAccess(call, access));
  } catch (error) {
    if (!(error instanceof Problem && error.status === 401)) throw error;
    forget(access);
    return send(withAccess(call, await accessToken()));
  }
}

async function logIn(): Promise<string> {
  const code = await loginCode();
  const { body } = await send({ method: 'POST', path: '/api/weixin/login/', body: { code } });
  const { access, expires_in: expiresInSeconds } = body;
  if (typeof access !== 'string' || typeof expiresInSeconds !== 'number') {
    throw new Problem('answer_unreadable', 200, 'a login answer without access or expires_in');
  }
  token = { access, receivedAtMs: Date.now(), expiresInSeconds };
  storeToken(token);
  return access;
}

/** Of several calls refused at once only the first finds its own token here; the others keep the new one. */
function forget(access: string): void {
  if (token?.access !== access) return;
  token = undefined;
  dropStoredToken();
}

function withAccess(call: Call, access: string): Call {
  return { ...call, header: { ...call.header, Authorization: `Bearer ${access}` } };
}
