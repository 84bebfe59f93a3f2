import { delay } from './delay';
import { Problem } from './errors';
import type { Json } from './json';
import { send, sendFile } from './send';
import type { Answer, Call, FileCall } from './send';
import { dropAccess, ensureTokens } from './session';

/** For whom a call is meant. */
export interface Addressed {
  /** Send it only while this user is logged in. Default: whoever is. */
  userId?: string;
}

const MAX_ATTEMPTS = 3;
const FIRST_PAUSE_MS = 300;
/** Longer than this nobody waits in front of a page: the caller gets the problem and its `retryAfterSeconds`. */
const MAX_PAUSE_MS = 5000;

/**
 * Sends a call in the user's name, logging in first where need be. When the service no longer accepts the access
 * token, gets a new one and resends once. GET and HEAD are tried up to three times where the fault may pass; all other
 * methods once, since the service may have done what was asked although no answer came.
 * @throws {Problem} as `send`, or whatever stopped the login; `user_changed`
 */
export async function request<Body = Json>(call: Call & Addressed): Promise<Answer<Body>> {
  const isSafe = (call.method ?? 'GET') === 'GET' || call.method === 'HEAD';
  for (let attempt = 1; ; attempt++) {
    try {
      return await asUser(call, send<Body>);
    } catch (error) {
      const pauseMs = isSafe && attempt < MAX_ATTEMPTS ? pauseBefore(attempt + 1, error) : undefined;
      if (pauseMs === undefined) throw error;
      await delay(pauseMs);
    }
  }
}

/**
 * Sends a file in the user's name, as `request` does with a POST.
 * @throws {Problem} as `request`
 */
export function upload<Body = Json>(call: FileCall & Addressed): Promise<Answer<Body>> {
  return asUser(call, sendFile<Body>);
}

async function asUser<C extends { header?: Readonly<Record<string, string>> } & Addressed, Result>(
  { userId, ...call }: C,
  sender: (call: Omit<C, 'userId'>) => Promise<Result>,
): Promise<Result> {
  const attempt = (access: string) =>
    sender({ ...call, header: { ...call.header, Authorization: `Bearer ${access}` } });
  const access = await accessOf(userId);
  try {
    return await attempt(access);
  } catch (error) {
    if (!isAboutToken(error)) throw error;
    dropAccess(access);
    return attempt(await accessOf(userId));
  }
}

/** A 401 of another service that trusts the token may have any code; those of a login code say nothing about it. */
function isAboutToken(error: unknown): boolean {
  return error instanceof Problem && error.status === 401 && !error.code.startsWith('login_code_');
}

async function accessOf(userId: string | undefined): Promise<string> {
  const tokens = await ensureTokens();
  if (userId !== undefined && tokens.userId !== userId) throw new Problem('user_changed');
  return tokens.access;
}

/** How long to wait before the next attempt, in milliseconds; undefined when it is of no use. */
function pauseBefore(attempt: number, error: unknown): number | undefined {
  if (!(error instanceof Problem)) return undefined;
  const { code, status, retryAfterSeconds } = error;
  const mayPass = code === 'network_failed' || [429, 502, 503, 504].includes(status);
  const pauseMs =
    retryAfterSeconds === undefined ? FIRST_PAUSE_MS * 2 ** (attempt - 2) : retryAfterSeconds * 1000;
  return mayPass && pauseMs <= MAX_PAUSE_MS ? pauseMs : undefined;
}
