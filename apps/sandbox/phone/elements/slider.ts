import { html } from '../html.js';
import type { FormField } from './form.js';
import { bothSpellings, WxElement } from './wx-element.js';

const GREY = '#e9e9e9';
const GREEN = '#1aad19';
const WHITE = '#ffffff';
const LARGEST_BLOCK_PX = 28;
const SMALLEST_BLOCK_PX = 12;

/**
 * `<slider>`: `bind:change` after a drag and `bind:changing` during it get `{value}`.
 * @see https://developers.weixin.qq.com/miniprogram/dev/component/slider.html
 */
export class WxSlider extends WxElement implements FormField {
  static readonly observedAttributes = bothSpellings(
    ...['min', 'max', 'step', 'value', 'disabled', 'show-value', 'block-size', 'block-color'],
    ...['color', 'background-color', 'selected-color', 'active-color', 'aria-label'],
  );

  private readonly field = html('input', 'slider-field');
  private readonly shown = html('output', 'slider-value');

  connectedCallback(): void {
    if (this.field.isConnected) return;
    this.field.type = 'range';
    this.append(this.field, this.shown);
    this.draw();
    this.resetValue();
    this.field.addEventListener('input', () => {
      this.fill();
      this.raise('changing', { value: this.formValue });
    });
    this.field.addEventListener('change', () => {
      this.raise('change', { value: this.formValue });
    });
  }

  attributeChangedCallback(name: string): void {
    this.draw();
    if (/^(value|min|max|step)$/.test(name)) this.resetValue();
  }

  get formValue(): number {
    return Number(this.field.value);
  }

  resetValue(): void {
    this.field.value = String(this.number('value', 0));
    this.fill();
  }

  private draw(): void {
    const { field } = this;
    field.min = String(this.number('min', 0));
    field.max = String(this.number('max', 100));
    field.step = String(this.number('step', 1));
    field.disabled = this.hasAttribute('disabled');
    field.ariaLabel = this.getAttribute('aria-label') ?? '滑动选择';
    this.shown.hidden = this.attribute('show-value') === null;
    const block = Math.min(
      LARGEST_BLOCK_PX,
      Math.max(SMALLEST_BLOCK_PX, this.number('block-size', LARGEST_BLOCK_PX)),
    );
    field.style.setProperty('--block', `${block}px`);
    field.style.setProperty('--block-color', this.text('block-color', WHITE));
    // The newer name of each colour wins, as its document asks for.
    field.style.setProperty('--rest', this.text('background-color', this.text('color', GREY)));
    field.style.setProperty('--done', this.text('active-color', this.text('selected-color', GREEN)));
    this.fill();
  }

  private fill(): void {
    const { min, max } = this.field;
    const part = (this.formValue - Number(min)) / (Number(max) - Number(min) || 1);
    this.field.style.setProperty('--part', `${part * 100}%`);
    this.shown.textContent = this.field.value;
  }
}
