/** A function of `wx`, `uni` or `Taro`, each of which has its own types for the options. */
export type PortFunction = (options: never) => unknown;

/**
 * What the client uses of a mini-program platform: `wx`, `uni` and `Taro` fit as they are. Optional functions are used
 * where they exist.
 */
export interface Port {
  request: PortFunction;
  login: PortFunction;
  uploadFile?: PortFunction;
  downloadFile?: PortFunction;
  getStorageSync: (key: string) => unknown;
  setStorageSync: (key: string, value: never) => void;
  removeStorageSync: (key: string) => void;
  getAccountInfoSync?: () => unknown;
  getDeviceInfo?: () => unknown;
  getSystemInfoSync?: () => unknown;
  onAppShow?: (listener: () => void) => unknown;
}

/** Where the tokens are stored. A missing key reads as `undefined`, `null` or `''`; all three may throw. */
export type TokenStorage = Pick<Port, 'getStorageSync' | 'setStorageSync' | 'removeStorageSync'>;

declare const wx: Port | undefined;

/** @throws {TypeError} if no port is given and the platform has no global `wx` */
export function portOr(given: Port | undefined): Port {
  const port = given || (typeof wx === 'object' ? wx : undefined);
  if (!port) throw new TypeError('no wx here: pass a port');
  return port;
}
