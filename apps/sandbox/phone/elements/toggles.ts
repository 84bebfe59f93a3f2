import type { FormField } from './form.js';
import { WxElement } from './wx-element.js';

/** What is on or off, by its attribute `checked` first and by the user after that. */
export abstract class Toggle extends WxElement implements FormField {
  static readonly observedAttributes = ['checked'];
  protected on = false;

  abstract readonly formValue: unknown;

  constructor(private readonly kind: 'switch' | 'checkbox' | 'radio') {
    super();
    this.addEventListener('click', () => {
      this.toggle();
    });
    this.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter' || key === ' ') this.toggle();
    });
  }

  connectedCallback(): void {
    this.setAttribute('aria-role', this.kind);
    this.show(this.on);
  }

  attributeChangedCallback(_name: string, _before: string | null, value: string | null): void {
    this.show(value !== null);
  }

  resetValue(): void {
    this.show(this.hasAttribute('checked'));
  }

  protected abstract emitChange(): void;

  /** What a tap makes of it. */
  protected get next(): boolean {
    return !this.on;
  }

  protected show(on: boolean): void {
    this.on = on;
    this.setAttribute('aria-checked', String(on));
  }

  private toggle(): void {
    if (this.hasAttribute('disabled') || this.next === this.on) return;
    this.show(this.next);
    this.emitChange();
  }
}

/**
 * `<switch>`: `bind:change` gets `{value: boolean}`.
 * @see https://developers.weixin.qq.com/miniprogram/dev/component/switch.html
 */
export class WxSwitch extends Toggle {
  constructor() {
    super('switch');
  }

  get formValue(): boolean {
    return this.on;
  }

  protected override emitChange(): void {
    this.raise('change', { value: this.on });
  }
}

/**
 * `<checkbox>`: says to its group that it changed.
 * @see https://developers.weixin.qq.com/miniprogram/dev/component/checkbox.html
 */
export class WxCheckbox extends Toggle {
  constructor() {
    super('checkbox');
  }

  /** A form reads the group, not the boxes; so this is what the group reads. */
  get formValue(): string | undefined {
    return this.on ? (this.getAttribute('value') ?? '') : undefined;
  }

  protected override emitChange(): void {
    this.closest<WxCheckboxGroup>('wx-checkbox-group')?.changed();
  }
}

/** `<checkbox-group>`: `bind:change` gets `{value: […]}`, the values of the boxes that are ticked. */
export class WxCheckboxGroup extends WxElement implements FormField {
  get formValue(): string[] {
    const boxes = [...this.querySelectorAll<WxCheckbox>('wx-checkbox')];
    return boxes.flatMap(({ formValue }) => (formValue === undefined ? [] : [formValue]));
  }

  resetValue(): void {
    for (const box of this.querySelectorAll<WxCheckbox>('wx-checkbox')) box.resetValue();
  }

  changed(): void {
    this.raise('change', { value: this.formValue });
  }
}
