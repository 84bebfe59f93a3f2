/** What the content check thinks of a text that has a word of the list. */
export type Suggest = 'risky' | 'review';

/** WeChat's own example of a text that does not pass. */
const EXAMPLE = '特3456书yuuo莞6543李zxcz蒜7782法fgnv级';

/** The words that the content check looks for. */
export class RiskyWords {
  #words: readonly string[] = [EXAMPLE];
  #suggest: Suggest = 'risky';

  replace(words: readonly string[], suggest: Suggest): void {
    this.#words = words;
    this.#suggest = suggest;
  }

  /** The first word of the list that the text has, and what to do about it. */
  find(text: string): { keyword: string; suggest: Suggest } | undefined {
    const keyword = this.#words.find((word) => text.includes(word));
    return keyword === undefined ? undefined : { keyword, suggest: this.#suggest };
  }

  clear(): void {
    this.replace([EXAMPLE], 'risky');
  }
}
