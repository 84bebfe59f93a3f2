import { WxElement } from './wx-element.js';

const DEFAULT_THRESHOLD_PX = 50;

/**
 * `<scroll-view>` with `scroll-y` or `scroll-x`: `bind:scroll` and `bind:scrolltolower`.
 * @see https://developers.weixin.qq.com/miniprogram/dev/component/scroll-view.html
 */
export class WxScrollView extends WxElement {
  private atEnd = false;

  constructor() {
    super();
    this.addEventListener('scroll', (event) => {
      if (!(event instanceof CustomEvent)) this.scrolled();
    });
  }

  private scrolled(): void {
    const { scrollTop, scrollLeft, scrollHeight, scrollWidth } = this;
    this.raise('scroll', { scrollTop, scrollLeft, scrollHeight, scrollWidth });
    const threshold = Number(this.getAttribute('lower-threshold') ?? DEFAULT_THRESHOLD_PX);
    const atEnd = scrollTop + this.clientHeight + threshold >= scrollHeight;
    if (atEnd && !this.atEnd) this.raise('scrolltolower', { direction: 'bottom' });
    this.atEnd = atEnd;
  }
}
