import { TEXTS } from '../../texts/texts.js';

/** The words of the page in its language. */
export const texts = TEXTS[document.documentElement.lang.startsWith('zh') ? 'zh' : 'en'];
