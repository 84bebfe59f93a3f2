import { describe, expect, it } from 'vitest';
import { languageOf } from './language.js';

describe('the language of the page', () => {
  it.each([
    ['zh-CN,zh;q=0.9,en;q=0.8', undefined, 'zh'],
    ['en-GB,en;q=0.9,zh;q=0.8', undefined, 'en'],
    ['fr-FR,zh-TW;q=0.5', undefined, 'zh'],
    ['de-DE', undefined, 'en'],
    [undefined, undefined, 'en'],
    ['zh-CN', 'language=en', 'en'],
    ['en-GB', 'a=b; language=zh; c=d', 'zh'],
    ['en-GB', 'language=fr', 'en'],
    ['en-GB', 'my-language=zh', 'en'],
  ])('for Accept-Language %s and the cookie %s is %s', (preferred, cookie, language) => {
    expect(languageOf({ cookie, 'accept-language': preferred })).toBe(language);
  });
});
