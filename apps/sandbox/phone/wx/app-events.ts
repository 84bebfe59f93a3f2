import { app } from 'mini-program:code';
import { answer, type Callbacks, Failure } from './callbacks.js';
import { consent } from './privacy.js';
import { showToast } from './toast.js';

/** How the mini-program was opened, and comes to the front: from the list of recent ones, at its first page. */
export const LAUNCH = {
  path: app.pages[0] ?? '',
  query: {},
  scene: 1001,
  referrerInfo: {},
  apiCategory: 'default',
};

/** The phone does not update mini-programs. */
const updateManager = {
  onCheckForUpdate: (listener: (result: { hasUpdate: boolean }) => void) => {
    setTimeout(() => listener({ hasUpdate: false }));
  },
  onUpdateReady: () => undefined,
  onUpdateFailed: () => undefined,
  applyUpdate: () => undefined,
};

let clipboard = '';
const shown = new Set<(options: object) => void>();
const hidden = new Set<() => void>();

/** Notifies the listeners that the mini-program comes to the front or goes to the background. */
export function notifyVisibility(isVisible: boolean): void {
  if (isVisible) for (const listener of shown) listener(LAUNCH);
  else for (const listener of hidden) listener();
}

/** @see https://developers.weixin.qq.com/miniprogram/dev/api/base/app/app-event/wx.onAppShow.html */
export const appFunctions = {
  onAppShow: (listener: (options: object) => void) => void shown.add(listener),
  offAppShow: (listener?: (options: object) => void) => {
    if (listener) shown.delete(listener);
    else shown.clear();
  },
  onAppHide: (listener: () => void) => void hidden.add(listener),
  offAppHide: (listener?: () => void) => {
    if (listener) hidden.delete(listener);
    else hidden.clear();
  },
  getLaunchOptionsSync: () => LAUNCH,
  getEnterOptionsSync: () => LAUNCH,
  getUpdateManager: () => updateManager,
  setClipboardData: (options: Callbacks & { data: string }) =>
    answer('setClipboardData', options, async () => {
      await consent('setClipboardData');
      if (typeof options.data !== 'string') throw new Failure('parameter error: data should be String');
      clipboard = options.data;
      showToast({ title: '内容已复制', icon: 'none' });
    }),
  getClipboardData: (options?: Callbacks) =>
    answer('getClipboardData', options, async () => {
      await consent('getClipboardData');
      return { data: clipboard };
    }),
};
