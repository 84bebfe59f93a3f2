import { storagePrefix } from '../link.js';
import { PHONE_ID, USER } from '../runtime/phone.js';
import { answer, type Callbacks, Failure } from './callbacks.js';

/** WeChat's limit, in characters of JSON here. */
const MAX_CHARACTERS = 1024 * 1024;
const MAX_ALL_CHARACTERS = 10 * 1024 * 1024;
const FULL = 'setStorageSync:fail exceed storage max size 10Mb';
const PREFIX = storagePrefix(PHONE_ID, USER);

interface Keyed extends Callbacks {
  key: string;
}

let onChange: () => void = () => undefined;

/** Calls back after each change of this user's storage on this phone. */
export function onStorageChange(listener: () => void): void {
  onChange = listener;
}

/** Everything that this user's mini-program keeps on this phone. */
export function storedEntries(): [key: string, value: unknown][] {
  return keys().map((key) => [key, getStorageSync(key)]);
}

/** A missing key reads as `''`. */
function getStorageSync(key: string): unknown {
  const stored = localStorage.getItem(PREFIX + key);
  return stored === null ? '' : (JSON.parse(stored) as { data: unknown }).data;
}

function setStorageSync(key: string, data: unknown): void {
  const text = JSON.stringify({ data });
  if (text.length > MAX_CHARACTERS) throw new Failure('setStorageSync:fail entry size limit reached');
  if (sizeInCharacters() + text.length > MAX_ALL_CHARACTERS) throw new Failure(FULL);
  try {
    localStorage.setItem(PREFIX + key, text);
  } catch {
    // The browser's own limit, which is lower.
    throw new Failure(FULL);
  }
  onChange();
}

function removeStorageSync(key: string): void {
  localStorage.removeItem(PREFIX + key);
  onChange();
}

function clearStorageSync(): void {
  for (const key of keys()) localStorage.removeItem(PREFIX + key);
  onChange();
}

/** Sizes in KB. */
function getStorageInfoSync() {
  return { keys: keys(), currentSize: Math.ceil(sizeInCharacters() / 1024), limitSize: 10_240 };
}

function sizeInCharacters(): number {
  return keys().reduce((sum, key) => sum + (localStorage.getItem(PREFIX + key)?.length ?? 0), 0);
}

function keys(): string[] {
  const all = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? '');
  return all.filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
}

/** @see https://developers.weixin.qq.com/miniprogram/dev/api/storage/wx.setStorageSync.html */
export const storageFunctions = {
  getStorageSync,
  setStorageSync,
  removeStorageSync,
  clearStorageSync,
  getStorageInfoSync,
  getStorage: (options: Keyed) =>
    answer('getStorage', options, () => {
      if (!keys().includes(options.key)) throw new Failure('data not found');
      return { data: getStorageSync(options.key) };
    }),
  setStorage: (options: Keyed & { data: unknown }) =>
    answer('setStorage', options, () => setStorageSync(options.key, options.data)),
  removeStorage: (options: Keyed) => answer('removeStorage', options, () => removeStorageSync(options.key)),
  clearStorage: (options?: Callbacks) => answer('clearStorage', options, () => clearStorageSync()),
  getStorageInfo: (options?: Callbacks) => answer('getStorageInfo', options, getStorageInfoSync),
};
