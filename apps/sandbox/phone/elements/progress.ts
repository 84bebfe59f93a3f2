import { html } from '../html.js';
import { bothSpellings, WxElement } from './wx-element.js';

const GREEN = '#09bb07';
const GREY = '#ebebeb';

/**
 * `<progress>`. With `active` the bar grows, from the start or (`active-mode="forwards"`) from where it was, and then
 * `bind:activeend` is raised.
 * @see https://developers.weixin.qq.com/miniprogram/dev/component/progress.html
 */
export class WxProgress extends WxElement {
  static readonly observedAttributes = bothSpellings(
    ...['percent', 'show-info', 'stroke-width', 'border-radius', 'font-size', 'color', 'active-color'],
    ...['background-color', 'aria-label'],
  );

  private readonly bar = html('div', 'progress-bar');
  private readonly track = html('div', 'progress-track', this.bar);
  private readonly info = html('span', 'progress-info');
  private shown = 0;
  private growth: Animation | undefined;

  connectedCallback(): void {
    if (this.track.isConnected) return;
    super.setAttribute('role', 'progressbar');
    this.append(this.track, this.info);
    this.draw();
    this.grow();
  }

  attributeChangedCallback(name: string): void {
    if (!this.track.isConnected) return;
    this.draw();
    if (name === 'percent') this.grow();
  }

  private get percent(): number {
    return Math.min(100, Math.max(0, this.number('percent', 0)));
  }

  private draw(): void {
    const { bar, track, info, percent } = this;
    super.setAttribute('aria-valuenow', String(percent));
    if (!this.hasAttribute('aria-label')) super.setAttribute('aria-label', '进度');
    track.style.height = `${this.number('stroke-width', 6)}px`;
    track.style.borderRadius = `${this.number('border-radius', 0)}px`;
    track.style.background = this.text('background-color', GREY);
    bar.style.background = this.text('active-color', this.text('color', GREEN));
    bar.style.width = `${percent}%`;
    info.hidden = this.attribute('show-info') === null;
    info.style.fontSize = `${this.number('font-size', 16)}px`;
    info.textContent = `${percent}%`;
  }

  private grow(): void {
    const { percent } = this;
    const from = this.attribute('active-mode') === 'forwards' ? this.shown : 0;
    this.shown = percent;
    this.growth?.cancel();
    if (!this.hasAttribute('active')) return;
    const duration = this.number('duration', 30) * Math.abs(percent - from);
    this.growth = this.bar.animate([{ width: `${from}%` }, { width: `${percent}%` }], duration);
    this.growth.onfinish = () => {
      this.raise('activeend');
    };
  }
}
