import type { FormField } from './form.js';
import { Toggle } from './toggles.js';
import { WxElement } from './wx-element.js';

/**
 * `<radio>`: a tap selects it, and takes the mark away from the others of its group.
 * @see https://developers.weixin.qq.com/miniprogram/dev/component/radio.html
 */
export class WxRadio extends Toggle {
  constructor() {
    super('radio');
  }

  get value(): string {
    return this.getAttribute('value') ?? '';
  }

  /** A form reads the group. */
  get formValue(): string | undefined {
    return this.on ? this.value : undefined;
  }

  unmark(): void {
    this.show(false);
  }

  protected override get next(): boolean {
    return true;
  }

  protected override show(on: boolean): void {
    super.show(on);
    if (on) this.closest<WxRadioGroup>('wx-radio-group')?.marked(this);
  }

  protected override emitChange(): void {
    this.closest<WxRadioGroup>('wx-radio-group')?.changed();
  }
}

/** `<radio-group>`: `bind:change` gets `{value}`, that of the radio that is marked. */
export class WxRadioGroup extends WxElement implements FormField {
  get formValue(): string {
    return this.radios.find(({ formValue }) => formValue !== undefined)?.value ?? '';
  }

  resetValue(): void {
    for (const radio of this.radios) radio.resetValue();
  }

  marked(radio: WxRadio): void {
    for (const other of this.radios) if (other !== radio) other.unmark();
  }

  changed(): void {
    this.raise('change', { value: this.formValue });
  }

  private get radios(): WxRadio[] {
    return [...this.querySelectorAll<WxRadio>('wx-radio')];
  }
}
