import { htmlButton } from '../html.js';
import { texts } from './texts.js';

const YEAR_SECONDS = 31_536_000;

/** A button that shows the page in its other language, now and on later visits. */
export function languageSwitch(): HTMLElement {
  const { other, otherLanguage } = texts.page;
  const button = htmlButton('language', other, () => {
    document.cookie = `language=${otherLanguage}; path=/; max-age=${YEAR_SECONDS}; samesite=strict`;
    location.reload();
  });
  button.lang = otherLanguage;
  return button;
}
