import { WxButton } from './button.js';
import { WxForm } from './form.js';
import { WxImage } from './image.js';
import { WxInput, WxTextarea } from './input.js';
import { WxScrollView } from './scroll-view.js';
import { WxCheckbox, WxCheckboxGroup, WxSwitch } from './toggles.js';
import { WxElement } from './wx-element.js';

/** The built-in components that the phone knows, by their names in a template. */
const ELEMENTS: Readonly<Record<string, new () => WxElement>> = {
  button: WxButton,
  checkbox: WxCheckbox,
  'checkbox-group': WxCheckboxGroup,
  form: WxForm,
  image: WxImage,
  input: WxInput,
  label: class extends WxElement {},
  'scroll-view': WxScrollView,
  switch: WxSwitch,
  text: class extends WxElement {},
  textarea: WxTextarea,
  view: class extends WxElement {},
};

/** Makes them known to the browser. */
export function defineElements(): void {
  for (const [name, element] of Object.entries(ELEMENTS)) customElements.define(`wx-${name}`, element);
}
