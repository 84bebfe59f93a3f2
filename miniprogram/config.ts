/** Which build of the mini-program is running: the developer's, a tester's, or the public one. */
type EnvVersion = WechatMiniprogram.MiniProgram['envVersion'];

const BASE_URLS: Readonly<Record<EnvVersion, string>> = {
  develop: 'http://127.0.0.1:8000',
  // PLACEHOLDERS: put your own https domain here and add it to the "request" domains of the mini-program's
  // console. Names under `.invalid` never resolve, so a forgotten one sends no login code to a stranger.
  trial: 'https://replace-with-your-domain.invalid',
  release: 'https://replace-with-your-domain.invalid',
};

/**
 * The base URL of the login service for this build, without a trailing slash.
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/open-api/account-info/wx.getAccountInfoSync.html
 */
export function apiBaseUrl(): string {
  const urls: Readonly<Record<string, string>> = BASE_URLS;
  try {
    // Some platforms return nothing or an unknown value: then it is treated as the public build.
    return urls[wx.getAccountInfoSync().miniProgram.envVersion] ?? BASE_URLS.release;
  } catch (error) {
    console.warn('getAccountInfoSync', error);
    return BASE_URLS.release;
  }
}

/**
 * The deadline of a call to WeChat or to the service, in milliseconds. WeChat's default is 60 s, which is too long for a
 * user who waits.
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html
 */
export const TIMEOUT_MS = 10000;

/**
 * The texts that people agree to, by the kinds of `CONSENT_REQUIRED` of the service. `page` is the path of your page that shows
 * the text, such as `/pages/privacy/index`. Without it, WeChat shows the 用户隐私保护指引 of the mini-program.
 */
export const CONSENT_TEXTS: Readonly<Record<string, { name: string; page?: string }>> = {
  privacy: { name: '隐私政策' },
  terms: { name: '用户协议' },
};

/**
 * Uploads the chosen avatar at `filePath` to your own storage and returns its https address, on one of the service's
 * `AVATAR_HOSTS`. The service stores only that address, never pictures. If undefined, the picture stays on this phone.
 */
export const uploadAvatar: ((filePath: string) => Promise<string>) | undefined = undefined;
