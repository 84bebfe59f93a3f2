import { describe, expect, it } from 'vitest';
import { splitCode, textOf, translatedPages } from './pages.js';

/** The marks of the headings, such as `['#', '##']`. */
const headings = (page: string) =>
  Array.from(splitCode(textOf(page)).prose.matchAll(/^(#+) /gm), ([, marks]) => marks);

/** Blocks with words on every line: diagrams, and the help of commands. */
const WORDY = ['mermaid', 'text'];

/** The code without comments and white space, in which the languages may differ. */
const code = (page: string) =>
  splitCode(textOf(page)).blocks.map(({ language, code }) => ({
    language,
    code: WORDY.includes(language) ? '' : code.replace(/(^|\s)(#|\/\/|--) .*$/gm, '').replace(/\s+/g, ' '),
  }));

describe.each(translatedPages())('$chinese', ({ english, chinese }) => {
  it('has the headings of the English page', () => {
    expect(headings(chinese)).toEqual(headings(english));
  });

  it('has the code of the English page, apart from comments', () => {
    expect(code(chinese)).toEqual(code(english));
  });
});

describe('the pages in two languages', () => {
  it('include both of the README', () => {
    expect(translatedPages()).toContainEqual({ english: 'README.md', chinese: 'README.zh-CN.md' });
  });

  it.each(['README.md', 'README.zh-CN.md'])('fit into 160 lines: %s', (page) => {
    expect(textOf(page).split('\n').length).toBeLessThanOrEqual(160);
  });
});
