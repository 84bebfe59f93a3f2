/** A function of `wx`, `uni` or `Taro`. Each platform has its own types for the options. */
export type PortFunction = (options: never) => unknown;

/**
 * The functions of a mini-program platform that the client uses. `wx`, `uni` and `Taro` have this type. The client calls
 * optional functions if they exist.
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

/** The storage of the tokens. A missing key reads as `undefined`, `null` or `''`. All three functions may throw. */
export type TokenStorage = Pick<Port, 'getStorageSync' | 'setStorageSync' | 'removeStorageSync'>;

declare const wx: Port | undefined;

/** Returns the given port, else `wx`. @throws {TypeError} if no port is given and the platform has no global `wx` */
export function resolvePort(given: Port | undefined): Port {
  const port = given || (typeof wx === 'object' ? wx : undefined);
  if (!port) throw new TypeError('no wx: pass a port');
  return port;
}
