import { preferredLanguage } from '../shell/preferences.js';
import { en } from './en/index.js';
import { zh } from './zh/index.js';

export const language = preferredLanguage();

/** The words of the page in its language. */
export const texts = { en, zh }[language];
