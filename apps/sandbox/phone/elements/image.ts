import { pictureOf } from '../runtime/files.js';
import { WxElement } from './wx-element.js';

/**
 * `<image>`: shows what lies in the phone. The phone fetches nothing from outside, so an address of the web shows an
 * empty frame and raises `error`, as a picture does that cannot be loaded.
 * @see https://developers.weixin.qq.com/miniprogram/dev/component/image.html
 */
export class WxImage extends WxElement {
  static readonly observedAttributes = ['src', 'aria-label', 'alt'];
  private readonly picture = document.createElement('img');

  connectedCallback(): void {
    if (this.picture.isConnected) return;
    this.picture.alt = this.getAttribute('aria-label') ?? this.getAttribute('alt') ?? '';
    this.picture.draggable = false;
    this.picture.addEventListener('load', () => {
      this.raise('load', { width: this.picture.naturalWidth, height: this.picture.naturalHeight });
    });
    this.append(this.picture);
  }

  attributeChangedCallback(name: string, _before: string | null, value: string | null): void {
    if (name !== 'src') {
      this.picture.alt = value ?? '';
      return;
    }
    const address = pictureOf(value ?? '');
    this.picture.hidden = address === undefined;
    if (address !== undefined) this.picture.src = address;
    // Later, as on a phone: the template's handlers are bound after its attributes are written.
    else if (value) setTimeout(() => this.raise('error', { errMsg: `not in this phone: ${value}` }));
  }
}
