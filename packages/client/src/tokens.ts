import { attempt } from './attempt.js';
import type { Json } from './json.js';
import { Problem } from './problem.js';
import type { Storage } from './storage.js';

/** The tokens of one login as this phone stores them. */
export interface Tokens {
  /** The service's `user_id` of their user. */
  userId: string;
  access: string;
  /** The refresh token, which works once; `''` if there is none. */
  refresh: string;
  /** When this phone received them, epoch milliseconds by its own clock. */
  receivedAtMs: number;
  /** Lifetime of `access` after `receivedAtMs`, in seconds. */
  expiresInSeconds: number;
}

/** The keys under which the tutorial's page stores its access token and the time of its receipt. */
const TUTORIAL = ['access', 'access_time'] as const;

/** The tutorial does not store the lifetime of its token, which is five minutes. */
const TUTORIAL_TTL_SECONDS = 300;

/** An access token with less time left could expire before the request arrives. */
const TRANSIT_MS = 5000;

/**
 * Returns the state of an access token: `fresh`; `ending`, usable but in the last tenth of its lifetime; or `over`. If
 * `receivedAtMs` is in the future, the phone's clock was set back and the age is unknown: the state is `over`.
 */
export function stateOf({ receivedAtMs, expiresInSeconds }: Tokens): 'fresh' | 'ending' | 'over' {
  const ageMs = Date.now() - receivedAtMs;
  const lifeMs = expiresInSeconds * 1000;
  if (ageMs < 0 || ageMs >= lifeMs - Math.min(TRANSIT_MS, lifeMs * 0.1)) return 'over';
  return ageMs < lifeMs * 0.9 ? 'fresh' : 'ending';
}

/** Returns the tokens of an answer of the service. @throws {Problem} `answer_unreadable` if it has none */
export function tokensOf(body: unknown, userId: unknown): Tokens {
  const { access, refresh, expires_in } = Object(body) as Json;
  const tokens = { userId, access, refresh, receivedAtMs: Date.now(), expiresInSeconds: expires_in };
  if (isTokens(tokens)) return tokens;
  throw new Problem('answer_unreadable', 200);
}

/** Returns the stored tokens, or `undefined`. @throws {Problem} `storage_failed` */
export function readTokens(storage: Storage, key: string): Tokens | undefined {
  const stored = storage.read(key);
  return isTokens(stored) ? stored : undefined;
}

/** Returns the token that the tutorial's page stored. With it, users stay logged in after an upgrade of the mini-program. */
export function tutorialToken(storage: Storage): Tokens | undefined {
  const [access, time] = TUTORIAL.map((key) => attempt(() => storage.read(key)));
  const atMs = Number(time);
  if (typeof access !== 'string' || !access || !(atMs > 0)) return undefined;
  // Pages written after the tutorial store seconds at times, or text. Epoch seconds reach 1e11 in the year 5138.
  const receivedAtMs = atMs < 1e11 ? atMs * 1000 : atMs;
  const token = { userId: '', access, refresh: '', receivedAtMs, expiresInSeconds: TUTORIAL_TTL_SECONDS };
  return stateOf(token) === 'fresh' ? token : undefined;
}

/** Removes the tutorial's token. */
export function removeTutorialToken(storage: Storage): void {
  TUTORIAL.forEach((key) => {
    // If it cannot be read, it stays: it expires within five minutes, and the client's own tokens take precedence.
    if (attempt(() => storage.read(key)) !== undefined) storage.remove(key);
  });
}

function isTokens(value: unknown): value is Tokens {
  const { userId, access, refresh, receivedAtMs, expiresInSeconds } = Object(value) as Json;
  const isText = [userId, access, refresh].every((one) => typeof one === 'string');
  return isText && [receivedAtMs, expiresInSeconds].every((one) => typeof one === 'number');
}
