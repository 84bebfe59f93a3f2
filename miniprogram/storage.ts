/**
 * What this run knows of the storage. WeChat keeps one storage for each of its users on a phone, and each access
 * stops the page for a moment: so a key is read once a launch.
 */
const memory = new Map<string, unknown>();

/**
 * The value under a key, `undefined` if there is none.
 * @throws {Error} if it could not be read, twice: that does not mean that there is nothing
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

/** As `read`, for what can be had again: `undefined` also if it could not be read. */
export function readIfPossible(key: string): unknown {
  try {
    return read(key);
  } catch (error) {
    console.warn('storage', key, error);
    return undefined;
  }
}

/**
 * Stores a value, for this run in any case.
 * @returns whether the next launch will find it: false if the storage is full (1 MB a key, 10 MB in all)
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

/** The key of something that belongs to one user of the service: the next one to log in must not meet it. */
export function userKey(name: string, userId: string): string {
  return `${name}.${userId}`;
}

/** Storages have been seen to fail once. */
function twice<Result>(action: () => Result): Result {
  try {
    return action();
  } catch {
    return action();
  }
}
