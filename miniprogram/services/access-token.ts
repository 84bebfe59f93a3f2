/** An access token as this phone keeps it. */
export interface AccessToken {
  access: string;
  /** When this phone received it, epoch milliseconds by the phone's own clock. */
  receivedAtMs: number;
  /** Lifetime from then on, in seconds. */
  expiresInSeconds: number;
}

const KEYS = {
  access: 'access',
  receivedAtMs: 'access_time',
  expiresInSeconds: 'access_expires_in',
} as const;

/**
 * Whether the token can still be sent. The last tenth of its lifetime is left out: it would expire on the way.
 * A token "from the future" means that the phone's clock was set back, and nothing is known of its age.
 */
export function isFresh(token: AccessToken, nowMs: number): boolean {
  const ageMs = nowMs - token.receivedAtMs;
  return ageMs >= 0 && ageMs < token.expiresInSeconds * 1000 * 0.9;
}

/**
 * The token of an earlier launch, if there is a whole one.
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/storage/wx.getStorageSync.html
 */
export function storedToken(): AccessToken | undefined {
  const [access, receivedAtMs, expiresInSeconds] = [
    read(KEYS.access),
    read(KEYS.receivedAtMs),
    read(KEYS.expiresInSeconds),
  ];
  // A missing key reads as ''.
  if (typeof access !== 'string' || access === '') return undefined;
  if (typeof receivedAtMs !== 'number' || typeof expiresInSeconds !== 'number') return undefined;
  return { access, receivedAtMs, expiresInSeconds };
}

/**
 * Keeps the token for the next launch. A full storage is no reason to fail a login.
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/storage/wx.setStorageSync.html
 */
export function storeToken(token: AccessToken): void {
  quietly(() => {
    wx.setStorageSync(KEYS.access, token.access);
    wx.setStorageSync(KEYS.receivedAtMs, token.receivedAtMs);
    wx.setStorageSync(KEYS.expiresInSeconds, token.expiresInSeconds);
  });
}

/**
 * Removes the kept token.
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/storage/wx.removeStorageSync.html
 */
export function dropStoredToken(): void {
  for (const key of Object.values(KEYS)) {
    quietly(() => {
      wx.removeStorageSync(key);
    });
  }
}

function read(key: string): unknown {
  let value: unknown;
  quietly(() => {
    value = wx.getStorageSync<unknown>(key);
  });
  return value;
}

function quietly(action: () => void): void {
  try {
    action();
  } catch (error) {
    console.warn('storage', error);
  }
}
