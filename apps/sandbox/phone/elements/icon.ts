import { WxElement } from './wx-element.js';

const SVG = 'http://www.w3.org/2000/svg';
const DISC = 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z';
const RING = `${DISC}m0 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16z`;
const TICK = 'm6.5 12.5 1.4-1.4 2.6 2.6 5.6-5.6 1.4 1.4-7 7z';
const CROSS = 'm8.5 7 3.5 3.5L15.5 7 17 8.5 13.5 12l3.5 3.5-1.5 1.5L12 13.5 8.5 17 7 15.5 10.5 12 7 8.5z';

/** The shape and the colour of each type. */
const TYPES: Readonly<Record<string, readonly [path: string, color: string]>> = {
  success: [DISC + TICK, '#09bb07'],
  success_no_circle: [TICK, '#09bb07'],
  info: [`${DISC}M11 7h2v2h-2zm0 4h2v6h-2z`, '#10aeff'],
  warn: [`${DISC}M11 7h2v6h-2zm0 8h2v2h-2z`, '#f76260'],
  waiting: [`${DISC}M11 6h2v5.6l3.5 2-1 1.7-4.5-2.6z`, '#10aeff'],
  cancel: [RING + CROSS, '#f43530'],
  download: [`${RING}M11 7h2v5h3l-4 4.5L8 12h3z`, '#09bb07'],
  search: [
    'M10 3a7 7 0 1 0 4.3 12.5L19.6 21 21 19.6l-5.5-5.3A7 7 0 0 0 10 3zm0 2a5 5 0 1 1 0 10 5 5 0 0 1 0-10z',
    '#b2b2b2',
  ],
  clear: [DISC + CROSS, '#b2b2b2'],
};

/**
 * `<icon>`: `type`, `size` in px (23) and `color`. The shapes are drawn after WeChat's.
 * @see https://developers.weixin.qq.com/miniprogram/dev/component/icon.html
 */
export class WxIcon extends WxElement {
  static readonly observedAttributes = ['type', 'size', 'color'];
  private readonly path = document.createElementNS(SVG, 'path');
  private readonly picture = document.createElementNS(SVG, 'svg');

  connectedCallback(): void {
    if (this.picture.isConnected) return;
    this.picture.setAttribute('viewBox', '0 0 24 24');
    this.picture.setAttribute('fill-rule', 'evenodd');
    this.picture.setAttribute('aria-hidden', 'true');
    this.picture.append(this.path);
    this.append(this.picture);
    this.attributeChangedCallback();
  }

  attributeChangedCallback(): void {
    const [shape, color] = TYPES[this.text('type', '')] ?? ['', ''];
    this.path.setAttribute('d', shape);
    this.picture.style.fill = this.text('color', color);
    const size = this.text('size', '23');
    this.picture.style.width = this.picture.style.height = Number.isNaN(Number(size)) ? size : `${size}px`;
  }
}
