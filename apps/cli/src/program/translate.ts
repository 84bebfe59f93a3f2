import type { Language, Words } from '../language.js';

/** The values of the placeholders in a text, by name. */
export type Values = Readonly<Record<string, string | number>>;

/** Returns a text in the language of the terminal, with its `{placeholders}` filled in. */
export type Translate = (words: Words, values?: Values) => string;

/** Returns the texts of one language. Drops the backticks, which are for Markdown only. */
export function translator(language: Language): Translate {
  return (words, values = {}) =>
    words[language].replace(/`|\{(\w+)\}/g, (match, name?: string) =>
      name === undefined ? '' : String(values[name] ?? match),
    );
}
