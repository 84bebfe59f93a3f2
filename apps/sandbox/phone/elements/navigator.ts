import { router } from '../runtime/router.js';
import { reportLack } from '../wx/lacks.js';
import { WxActor } from './wx-element.js';

/** What each `open-type` does, with the `url` and the `delta` of the navigator. */
const WAYS: Readonly<Record<string, (url: string, delta: number) => unknown>> = {
  navigate: (url) => router.navigateTo(url),
  redirect: (url) => router.redirectTo(url),
  switchTab: (url) => router.switchTab(url),
  reLaunch: (url) => router.reLaunch(url),
  navigateBack: (_url, delta) => router.navigateBack(delta),
};

/**
 * `<navigator>` inside of this mini-program: `target="miniProgram"` and `open-type="exit"` are not of this phone.
 * @see https://developers.weixin.qq.com/miniprogram/dev/component/navigator.html
 */
export class WxNavigator extends WxActor {
  override connectedCallback(): void {
    this.setAttribute('aria-role', 'link');
  }

  override act(): void {
    const openType = this.text('open-type', 'navigate');
    const go = WAYS[openType];
    if (this.getAttribute('target') === 'miniProgram') reportLack('<navigator target="miniProgram">');
    else if (!go) reportLack(`<navigator open-type="${openType}">`);
    else this.follow(() => go(this.text('url', ''), this.number('delta', 1)));
  }

  // The events of a navigator are those of another mini-program only, so the console has the reason.
  private follow(go: () => unknown): void {
    try {
      go();
    } catch (error) {
      console.warn(`<navigator>: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
