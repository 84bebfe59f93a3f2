import type { FormField } from './form.js';
import { WxElement } from './wx-element.js';

const DEFAULT_MAX_LENGTH = 140;
/** Attributes of the component that the browser's own field takes as they are. */
const PASSED_ON = new Set(['placeholder', 'aria-label', 'disabled']);

/** What `<input>` and `<textarea>` have in common: a field of the browser inside, and events of their own. */
export abstract class TextField extends WxElement implements FormField {
  static readonly observedAttributes = [
    'value',
    'placeholder',
    'aria-label',
    'disabled',
    'maxlength',
    'focus',
    'type',
  ];

  protected abstract readonly field: HTMLInputElement | HTMLTextAreaElement;

  connectedCallback(): void {
    if (this.field.isConnected) return;
    this.field.maxLength = DEFAULT_MAX_LENGTH;
    for (const name of TextField.observedAttributes) {
      if (this.hasAttribute(name)) this.attributeChangedCallback(name, null, this.getAttribute(name));
    }
    this.append(this.field);
    this.listen();
    if (this.hasAttribute('focus')) this.field.focus();
  }

  attributeChangedCallback(name: string, _before: string | null, value: string | null): void {
    if (name === 'value') this.show(value ?? '');
    else if (name === 'maxlength') this.limit(Number(value));
    else if (name === 'type') this.setType?.(value ?? 'text');
    else if (name === 'focus' && value !== null) this.field.focus();
    else if (PASSED_ON.has(name)) this.field.toggleAttribute(name, value !== null);
    if (PASSED_ON.has(name) && value !== null) this.field.setAttribute(name, value);
  }

  get formValue(): string {
    return this.field.value;
  }

  focusField(): void {
    this.field.focus();
  }

  resetValue(): void {
    this.show(this.getAttribute('value') ?? '');
  }

  /** What becomes of a `type` of the component; a textarea has none. */
  protected setType?(type: string): void;

  protected listen(): void {
    const { field } = this;
    const emit = (type: string) => {
      this.raise(type, { value: field.value, cursor: field.selectionStart ?? field.value.length });
    };
    field.addEventListener('input', (event) => {
      if (!(event as InputEvent).isComposing) emit('input');
    });
    field.addEventListener('compositionend', () => {
      emit('input');
    });
    field.addEventListener('focus', () => {
      emit('focus');
    });
    field.addEventListener('blur', () => {
      emit('blur');
    });
  }

  protected confirm(): void {
    this.raise('confirm', { value: this.field.value });
    if (!this.hasAttribute('confirm-hold')) this.field.blur();
  }

  private show(value: string): void {
    // Writing the same text again would move the cursor and break off an input method.
    if (this.field.value !== value) this.field.value = value;
  }

  private limit(length: number): void {
    if (length < 0) this.field.removeAttribute('maxlength');
    else this.field.maxLength = length;
  }
}
