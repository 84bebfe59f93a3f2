import { WxElement } from './wx-element.js';
import type { WxForm } from './form.js';

/** What a button's `open-type` does when it is tapped. */
export type OpenTypeAction = (button: WxButton) => void;

const openTypes = new Map<string, OpenTypeAction>();

/** Says what `open-type="name"` does. */
export function defineOpenType(name: string, action: OpenTypeAction): void {
  openTypes.set(name, action);
}

/**
 * `<button>`.
 * @see https://developers.weixin.qq.com/miniprogram/dev/component/button.html
 */
export class WxButton extends WxElement {
  static readonly observedAttributes = ['disabled'];

  connectedCallback(): void {
    this.setAttribute('aria-role', 'button');
    this.attributeChangedCallback();
  }

  attributeChangedCallback(): void {
    this.setAttribute('aria-disabled', String(this.disabled));
    this.tabIndex = this.disabled ? -1 : 0;
  }

  get disabled(): boolean {
    return this.hasAttribute('disabled');
  }

  /** Does what the button is for, after its tap. */
  act(): void {
    const form = this.closest<WxForm>('wx-form');
    const formType = this.getAttribute('form-type') ?? this.getAttribute('formType');
    if (form && formType === 'submit') form.submit();
    if (form && formType === 'reset') form.reset();
    const openType = this.getAttribute('open-type') ?? this.getAttribute('openType');
    if (openType) openTypes.get(openType)?.(this);
  }

  /** Raises the event that reports the result of the open-type to the mini-program. */
  answer(type: string, detail: object): void {
    this.raise(type, detail);
  }
}
