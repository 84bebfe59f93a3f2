import { APPID } from '../link.js';
import { PHONE_ID } from '../runtime/phone.js';
import { theme } from '../runtime/theme.js';
import { answer, type Callbacks } from './callbacks.js';

const STATUS_BAR_HEIGHT_PX = 44;

const getDeviceInfo = () => ({
  brand: 'Sandbox',
  model: `Phone ${PHONE_ID}`,
  system: 'browser',
  platform: 'devtools',
});
const getAppBaseInfo = () => ({ SDKVersion: '3.8.0', version: '8.0.50', language: 'zh_CN', theme: theme() });
const getWindowInfo = () => ({
  pixelRatio: devicePixelRatio,
  screenWidth: innerWidth,
  screenHeight: innerHeight,
  windowWidth: innerWidth,
  windowHeight: innerHeight,
  statusBarHeight: STATUS_BAR_HEIGHT_PX,
});
const getSystemInfoSync = () => ({ ...getDeviceInfo(), ...getAppBaseInfo(), ...getWindowInfo() });

const themeListeners = new Set<(result: { theme: string }) => void>();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  for (const listener of themeListeners) listener({ theme: theme() });
});

/** What a mini-program may know of the phone and of itself. The build is a developer's, as in the devtools. */
export const deviceFunctions = {
  getDeviceInfo,
  getAppBaseInfo,
  getWindowInfo,
  getSystemInfoSync,
  getSystemInfo: (options?: Callbacks) => answer('getSystemInfo', options, getSystemInfoSync),
  getAccountInfoSync: () => ({ miniProgram: { appId: APPID, envVersion: 'develop', version: '' } }),
  onThemeChange: (listener: (result: { theme: string }) => void) => void themeListeners.add(listener),
  offThemeChange: (listener: (result: { theme: string }) => void) => void themeListeners.delete(listener),
};
