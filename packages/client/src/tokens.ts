import { attempt } from './attempt.js';
import type { Json } from './json.js';
import { Problem } from './problem.js';
import type { Storage } from './storage.js';

/** The tokens of one login as this phone stores them. */
export interface Tokens {
  /** The service's `user_id` of their user. */
  userId: string;
  access: string;
  /** Works once; `''` for a token that came without one. */
  refresh: string;
  /** When this phone received them, epoch milliseconds by its own clock. */
  receivedAtMs: number;
  /** Lifetime of `access` from then on, in seconds. */
  expiresInSeconds: number;
}

/** The keys under which the tutorial's page stores its access token and the time it came. */
const TUTORIAL = ['access', 'access_time'] as const;

/** The tutorial does not store the lifetime of its token, which is five minutes. */
const TUTORIAL_TTL_SECONDS = 300;

/** An access token that ends sooner than this would expire on the way. */
const ON_THE_WAY_MS = 5000;

/**
 * `fresh`; `ending`: good, but in the last tenth of its lifetime; `over`. A token "from the future" is over: the phone's
 * clock was set back, and nothing is known of its age.
 */
export function stateOf({ receivedAtMs, expiresInSeconds }: Tokens): 'fresh' | 'ending' | 'over' {
  const ageMs = Date.now() - receivedAtMs;
  const lifeMs = expiresInSeconds * 1000;
  if (ageMs < 0 || ageMs >= lifeMs - Math.min(ON_THE_WAY_MS, lifeMs * 0.1)) return 'over';
  return ageMs < lifeMs * 0.9 ? 'fresh' : 'ending';
}

/** The tokens in an answer of the service. @throws {Problem} `answer_unreadable` without them */
export function tokensOf(body: unknown, userId: unknown): Tokens {
  const { access, refresh, expires_in } = Object(body) as Json;
  const tokens = { userId, access, refresh, receivedAtMs: Date.now(), expiresInSeconds: expires_in };
  if (isTokens(tokens)) return tokens;
  throw new Problem('answer_unreadable', 200);
}

/** Stored tokens, or `undefined`. @throws {Problem} `storage_failed` */
export function readTokens(storage: Storage, key: string): Tokens | undefined {
  const stored = storage.read(key);
  return isTokens(stored) ? stored : undefined;
}

/** The token that the tutorial's page left, so that an upgraded mini-program keeps its users logged in. */
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
    // If it cannot be read: it has five minutes to live, and our tokens are used before it.
    if (attempt(() => storage.read(key)) !== undefined) storage.remove(key);
  });
}

function isTokens(value: unknown): value is Tokens {
  const { userId, access, refresh, receivedAtMs, expiresInSeconds } = Object(value) as Json;
  const isText = [userId, access, refresh].every((one) => typeof one === 'string');
  return isText && [receivedAtMs, expiresInSeconds].every((one) => typeof one === 'number');
}
