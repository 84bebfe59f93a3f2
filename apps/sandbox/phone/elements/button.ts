import { reportLack } from '../wx/lacks.js';
import type { WxForm } from './form.js';
import { WxActor } from './wx-element.js';

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
export class WxButton extends WxActor {
  override act(): void {
    const form = this.closest<WxForm>('wx-form');
    const formType = this.attribute('form-type');
    if (form && formType === 'submit') form.submit();
    if (form && formType === 'reset') form.reset();
    const openType = this.attribute('open-type');
    if (!openType) return;
    const action = openTypes.get(openType);
    if (action) action(this);
    else reportLack(`<button open-type="${openType}">`);
  }

  /** Raises the event that reports the result of the open-type to the mini-program. */
  answer(type: string, detail: object): void {
    this.raise(type, detail);
  }
}
