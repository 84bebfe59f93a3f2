import { en, type Texts } from './en.js';
import { zh } from './zh.js';

/** The languages of the page. */
export type Language = 'en' | 'zh';

/** The words of the page by language. */
export const TEXTS: Readonly<Record<Language, Texts>> = { en, zh };
