/**
 * The values that this launch has read or written. WeChat has one storage per WeChat user on a phone. Each access blocks the
 * page for a moment, so each key is read once per launch.
 */
const memory = new Map<string, unknown>();

/**
 * Returns the value of a key, `undefined` if there is none.
 * @throws {Error} if reading failed twice: then a value may exist
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/storage/wx.getStorageSync.html
 */
export function read(key: string): unknown {
  if (!memory.has(key)) {
    const value = twice(() => wx.getStorageSync<unknown>(key));
    // A missing key reads as ''.
    memory.set(key, value === '' ? undefined : value);
  }
  return memory.get(key);
}

/** Like `read`, for values that can be fetched again: also returns `undefined` if reading failed. */
export function readIfPossible(key: string): unknown {
  try {
    return read(key);
  } catch (error) {
    console.warn('storage', key, error);
    return undefined;
  }
}

/**
 * Stores a value, for this launch in any case.
 * @returns whether the next launch will find it: false if the storage is full (1 MB per key, 10 MB in total)
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/storage/wx.setStorageSync.html
 */
export function write(key: string, value: unknown): boolean {
  memory.set(key, value);
  try {
    twice(() => {
      wx.setStorageSync(key, value);
    });
    return true;
  } catch (error) {
    console.warn('storage', key, error);
    return false;
  }
}

/** Returns the key for data of one user of the service: another user who logs in must not see it. */
export function userKey(name: string, userId: string): string {
  return `${name}.${userId}`;
}

/** Tries twice, because storages of real phones sometimes fail once. */
function twice<Result>(action: () => Result): Result {
  try {
    return action();
  } catch {
    return action();
  }
}
