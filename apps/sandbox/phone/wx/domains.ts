const { dataset } = document.documentElement;

/**
 * The origins that `wx.request`, `wx.uploadFile` and `wx.downloadFile` may call, as in the console of a real mini-program: what
 * miniprogram/config.ts calls in a developer's build, and where the service really is.
 */
export const requestDomains: readonly string[] = (dataset['requestDomains'] ?? '').split(' ');
