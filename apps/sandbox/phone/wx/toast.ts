import { html } from '../html.js';
import { answer, type Callbacks } from './callbacks.js';

const DEFAULT_DURATION_MS = 1500;
const ICONS: Readonly<Record<string, string>> = { success: '✓', error: '!', loading: '' };

interface ToastOptions extends Callbacks {
  title: string;
  icon?: 'success' | 'error' | 'loading' | 'none';
  duration?: number;
  mask?: boolean;
}

let toast: HTMLElement | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

function show({ title, icon = 'success', mask = false }: ToastOptions): void {
  hide();
  const sign = ICONS[icon];
  toast = html('div', `toast toast-${icon}${mask ? ' toast-mask' : ''}`);
  if (sign !== undefined) {
    const mark = html('span', 'toast-icon', sign);
    mark.ariaHidden = 'true';
    toast.append(mark);
  }
  toast.append(html('span', 'toast-title', title));
  toast.role = 'status';
  document.body.append(toast);
}

function hide(): void {
  clearTimeout(timer);
  toast?.remove();
  toast = undefined;
}

/** Shows a toast that goes by itself. */
export function showToast(options: ToastOptions): void {
  show(options);
  timer = setTimeout(hide, options.duration ?? DEFAULT_DURATION_MS);
}

/** @see https://developers.weixin.qq.com/miniprogram/dev/api/ui/interact/wx.showToast.html */
export const toastFunctions = {
  showToast: (options: ToastOptions) => answer('showToast', options, () => showToast(options)),
  hideToast: (options?: Callbacks) => answer('hideToast', options, () => hide()),
  /** Stays until `hideLoading`. */
  showLoading: (options: ToastOptions) =>
    answer('showLoading', options, () => show({ ...options, icon: 'loading' })),
  hideLoading: (options?: Callbacks) => answer('hideLoading', options, () => hide()),
};
