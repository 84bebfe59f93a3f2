import { router } from '../runtime/router.js';
import { startPullDown, stopPullDown } from '../runtime/pull-down.js';
import { answer, type Callbacks } from './callbacks.js';

interface To extends Callbacks {
  url: string;
  /** Of `wx.navigateTo`: what listens to the page that it opens. */
  events?: Record<string, (...args: unknown[]) => void>;
}

/** @see https://developers.weixin.qq.com/miniprogram/dev/api/route/wx.navigateTo.html */
export const navigationFunctions = {
  navigateTo: (options: To) =>
    answer('navigateTo', options, () => ({
      eventChannel: router.navigateTo(options.url, options.events),
    })),
  redirectTo: (options: To) => answer('redirectTo', options, () => router.redirectTo(options.url)),
  switchTab: (options: To) => answer('switchTab', options, () => router.switchTab(options.url)),
  reLaunch: (options: To) => answer('reLaunch', options, () => router.reLaunch(options.url)),
  navigateBack: (options?: Callbacks & { delta?: number }) =>
    answer('navigateBack', options, () => router.navigateBack(options?.delta ?? 1)),
  setNavigationBarTitle: (options: Callbacks & { title: string }) =>
    answer('setNavigationBarTitle', options, () => router.setTitle(options.title)),
  startPullDownRefresh: (options?: Callbacks) =>
    answer('startPullDownRefresh', options, () => startPullDown()),
  stopPullDownRefresh: (options?: Callbacks) => answer('stopPullDownRefresh', options, () => stopPullDown()),
};
