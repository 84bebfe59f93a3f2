import type { IncomingHttpHeaders } from 'node:http';
import type { Language } from '../../texts/texts.js';

/** The cookie in which the page's switch stores a language. Swagger UI of the service reads it too. */
const CHOSEN = /(?:^|;\s*)language=(en|zh)(?:;|$)/;

/** Returns the language that a reader has chosen, else the first one of the browser that the page speaks. */
export function languageOf(headers: Pick<IncomingHttpHeaders, 'cookie' | 'accept-language'>): Language {
  const chosen = CHOSEN.exec(headers.cookie ?? '')?.[1];
  const preferred = /\b(en|zh)\b/i.exec(headers['accept-language'] ?? '')?.[1]?.toLowerCase();
  return (chosen ?? preferred ?? 'en') as Language;
}
