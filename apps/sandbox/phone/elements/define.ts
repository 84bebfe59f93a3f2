import { WxButton } from './button.js';
import { WxForm } from './form.js';
import { WxIcon } from './icon.js';
import { WxImage } from './image.js';
import { WxInput, WxTextarea } from './input.js';
import { WxLabel } from './label.js';
import { WxNavigator } from './navigator.js';
import { WxPicker } from './picker.js';
import { WxProgress } from './progress.js';
import { WxRadio, WxRadioGroup } from './radio.js';
import { WxRichText } from './rich-text.js';
import { WxScrollView } from './scroll-view.js';
import { WxSlider } from './slider.js';
import { WxSwiper, WxSwiperItem } from './swiper.js';
import { WxCheckbox, WxCheckboxGroup, WxSwitch } from './toggles.js';
import { WxElement } from './wx-element.js';

/** The built-in components that the phone knows, by their names in a template. docs/sandbox.md lists them. */
export const ELEMENTS = {
  button: WxButton,
  checkbox: WxCheckbox,
  'checkbox-group': WxCheckboxGroup,
  form: WxForm,
  icon: WxIcon,
  image: WxImage,
  input: WxInput,
  label: WxLabel,
  navigator: WxNavigator,
  picker: WxPicker,
  progress: WxProgress,
  radio: WxRadio,
  'radio-group': WxRadioGroup,
  'rich-text': WxRichText,
  'scroll-view': WxScrollView,
  slider: WxSlider,
  swiper: WxSwiper,
  'swiper-item': WxSwiperItem,
  switch: WxSwitch,
  text: class extends WxElement {},
  textarea: WxTextarea,
  view: class extends WxElement {},
} satisfies Readonly<Record<string, new () => WxElement>>;

/** Makes them known to the browser. */
export function defineElements(): void {
  for (const [name, element] of Object.entries(ELEMENTS)) customElements.define(`wx-${name}`, element);
}
