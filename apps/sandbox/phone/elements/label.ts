import { TextField } from './text-field.js';
import { WxActor, WxElement } from './wx-element.js';

const CONTROLS = 'wx-checkbox, wx-radio, wx-switch, wx-button, wx-input, wx-textarea';

/**
 * `<label>`: a tap on it is one on the control that `for` names by its id, or else on the first one inside.
 * @see https://developers.weixin.qq.com/miniprogram/dev/component/label.html
 */
export class WxLabel extends WxElement {
  constructor() {
    super();
    this.addEventListener('click', ({ target }) => {
      if (target instanceof Element && !target.closest(CONTROLS)) this.pass();
    });
  }

  private pass(): void {
    const control = this.control();
    if (control instanceof WxActor && !control.disabled) control.act();
    else if (control instanceof TextField) control.focusField();
    else control?.click();
  }

  private control(): WxElement | null {
    const id = this.getAttribute('for');
    if (!id) return this.querySelector<WxElement>(CONTROLS);
    const all = this.closest('.page')?.querySelectorAll<WxElement>(CONTROLS) ?? [];
    return [...all].find((control) => control.templateId === id) ?? null;
  }
}
