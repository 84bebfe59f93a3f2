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
 * Where the login service answers for this build, without a trailing slash.
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/open-api/account-info/wx.getAccountInfoSync.html
 */
export function apiBaseUrl(): string {
  const urls: Readonly<Record<string, string>> = BASE_URLS;
  try {
    // Some platforms do not say, or say something new: then it is what users have.
    return urls[wx.getAccountInfoSync().miniProgram.envVersion] ?? BASE_URLS.release;
  } catch (error) {
    console.warn('getAccountInfoSync', error);
    return BASE_URLS.release;
  }
}

/**
 * The longest a call to WeChat or to the service may take, in milliseconds. WeChat's own default is 60 s,
 * longer than anybody looks at a spinner.
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html
 */
export const TIMEOUT_MS = 10000;

/**
 * Where a chosen avatar goes: uploads the picture at `filePath` to a storage of your own and gives its https address,
 * at one of the service's `AVATAR_HOSTS`. The service keeps that address only, never pictures. Undefined: the picture
 * stays on this phone.
 */
export const uploadAvatar: ((filePath: string) => Promise<string>) | undefined = undefined;
