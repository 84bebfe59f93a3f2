import { WxElement } from './wx-element.js';

/** A component that a form reads by its `name`. */
export interface FormField extends HTMLElement {
  readonly formValue: unknown;
  resetValue(): void;
}

/**
 * `<form>`: `bind:submit` gets `{value: {name: value, …}}`.
 * @see https://developers.weixin.qq.com/miniprogram/dev/component/form.html
 */
export class WxForm extends WxElement {
  submit(): void {
    const value: Record<string, unknown> = {};
    for (const field of this.fields()) value[field.getAttribute('name') ?? ''] = field.formValue;
    this.raise('submit', { value });
  }

  reset(): void {
    for (const field of this.fields()) field.resetValue();
    this.raise('reset');
  }

  private fields(): FormField[] {
    return Array.from(this.querySelectorAll<FormField>('[name]')).filter((element) => 'formValue' in element);
  }
}
