import { attempt } from './attempt.js';
import type { Json } from './json.js';
import type { Port } from './port.js';
import { randomId } from './random-id.js';
import type { Storage } from './storage.js';

const MAX_NAME_CHARACTERS = 64;
/** Characters that the service may refuse: control characters, bidirectional marks, lone surrogates. */
const NOT_SHOWN = /[^ -~\u00a1-\u0600\u3000-\ud7ff]/g;

/**
 * Returns the id and the name of this phone for the list of devices. A login with the same id replaces the earlier session, so
 * one phone is one device. Never throws.
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/base/system/wx.getDeviceInfo.html
 */
export function deviceOf(port: Port, storage: Storage, key: string): { id: string; name?: string } {
  const info = Object(
    attempt(() => (port.getDeviceInfo || (port.getSystemInfoSync as () => unknown))()),
  ) as Json;
  // The model of some phones begins with the brand.
  const full = `${shown(info['brand'])} ${shown(info['model'])}`.replace(/^(.+) \1/, '$1');
  const name = full.trim().slice(0, MAX_NAME_CHARACTERS);
  const id = deviceId(storage, key);
  return name ? { id, name } : { id };
}

function deviceId(storage: Storage, key: string): string {
  const id = randomId();
  // If the id cannot be read, it is not overwritten: the next launch may read it.
  const stored = attempt(() => storage.read(key) || (storage.write(key, id), id));
  return typeof stored === 'string' && /^[!-~]{1,64}$/.test(stored) ? stored : id;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value.replace(NOT_SHOWN, '') : '';
}

interface AccountInfo {
  miniProgram: { appId: unknown };
}

/** Returns the AppID of this mini-program; undefined in the devtools without an AppID (`touristappid`), and if unknown. */
export function appidOf(port: Port): string | undefined {
  const appId = attempt(() => (port.getAccountInfoSync as () => AccountInfo)().miniProgram.appId);
  return typeof appId === 'string' && /^wx\w{1,30}$/.test(appId) ? appId : undefined;
}
