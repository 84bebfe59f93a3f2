/**
 * What this run knows of the storage. WeChat keeps one storage for each of its users on a phone, and each access
 * stops the page for a moment: so a key is read once a launch.
 */
const memory = new Map<string, unknown>();

/**
 * The value under a key, `undefined` when there is none or the storage is broken.
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/storage/wx.getStorageSync.html
 */
export function read(key: string): unknown {
  if (!memory.has(key)) {
    quietly(() => {
      const value = wx.getStorageSync<unknown>(key);
      // A missing key reads as ''.
      memory.set(key, value === '' ? undefined : value);
    });
  }
  return memory.get(key);
}

/**
 * Keeps a value: for this run in any case, and for the next launch unless the storage is full (1 MB a key, 10 MB
 * in all). A full storage must not fail a login, so it is told and not thrown.
 * @returns whether the next launch will find it
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/storage/wx.setStorageSync.html
 */
export function write(key: string, value: unknown): boolean {
  memory.set(key, value);
  return quietly(() => {
    wx.setStorageSync(key, value);
  });
}

/** Removes a key. */
export function remove(key: string): void {
  memory.set(key, undefined);
  quietly(() => {
    wx.removeStorageSync(key);
  });
}

/** The key of something that belongs to one user of the service: the next one to log in must not meet it. */
export function userKey(name: string, userId: string): string {
  return `${name}.${userId}`;
}

function quietly(action: () => void): boolean {
  try {
    action();
    return true;
  } catch (error) {
    console.warn('storage', error);
    return false;
  }
}
