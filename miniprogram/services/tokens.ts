import { isJson } from './json';
import { read, remove, write } from './storage';

/** The tokens of one login as this phone keeps them. */
export interface Tokens {
  /** Whose they are: the service's `user_id`. */
  userId: string;
  access: string;
  /** Works once; `''` for a token that came without one. */
  refresh: string;
  /** When this phone received them, epoch milliseconds by its own clock. */
  receivedAtMs: number;
  /** Lifetime of `access` from then on, in seconds. */
  expiresInSeconds: number;
}

const KEY = 'passport.tokens';

/** The names under which the tutorial's page keeps its access token and the time it came. */
const TUTORIAL = { access: 'access', time: 'access_time' } as const;

/** The tutorial does not keep the lifetime of its token, which is five minutes. */
const TUTORIAL_TTL_SECONDS = 300;

/**
 * Whether the access token can still be sent. The last tenth of its lifetime is left out: it would expire on the
 * way. A token "from the future" means that the phone's clock was set back, and nothing is known of its age.
 */
export function isFresh({ receivedAtMs, expiresInSeconds }: Tokens, nowMs: number): boolean {
  const ageMs = nowMs - receivedAtMs;
  return ageMs >= 0 && ageMs < expiresInSeconds * 1000 * 0.9;
}

/** The tokens at hand, of this run or of an earlier one. */
export function loadTokens(): Tokens | undefined {
  const stored = read(KEY);
  return isTokens(stored) ? stored : undefined;
}

/**
 * Keeps new tokens, in one write: a phone that dies now has either the old ones or the new ones. To be called before
 * the new access token is used: the service takes its use as a sign that the new refresh token has arrived.
 */
export function saveTokens(tokens: Tokens): void {
  write(KEY, tokens);
  removeTutorialToken();
}

/** Removes all tokens, the tutorial's too. */
export function clearTokens(): void {
  remove(KEY);
  removeTutorialToken();
}

/** The token that the tutorial's page left, so that an upgraded mini-program keeps its users logged in. */
export function tutorialToken(): Omit<Tokens, 'userId'> | undefined {
  const [access, time] = [read(TUTORIAL.access), Number(read(TUTORIAL.time))];
  if (typeof access !== 'string' || access === '' || !(time > 0)) return undefined;
  // Pages written after the tutorial keep seconds at times, or text. Epoch seconds reach 1e11 in the year 5138.
  const receivedAtMs = time < 1e11 ? time * 1000 : time;
  return { access, refresh: '', receivedAtMs, expiresInSeconds: TUTORIAL_TTL_SECONDS };
}

function removeTutorialToken(): void {
  for (const key of Object.values(TUTORIAL)) if (read(key) !== undefined) remove(key);
}

function isTokens(value: unknown): value is Tokens {
  return (
    isJson(value) &&
    typeof value.userId === 'string' &&
    typeof value.access === 'string' &&
    typeof value.refresh === 'string' &&
    typeof value.receivedAtMs === 'number' &&
    typeof value.expiresInSeconds === 'number'
  );
}
