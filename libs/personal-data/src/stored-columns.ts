/** A text of the documentation in both languages. */
interface Texts {
  readonly en: string;
  readonly zh: string;
}

/** How values are protected. `sealed`: encrypted for their row. `masked`: the part that leads to a person is not stored. */
export type Protection = 'sealed' | 'hashed' | 'masked';

/** Columns of a table that are stored for one purpose. docs/personal-data.md lists them. */
export interface StoredColumns {
  /** Names in the database. */
  readonly columns: readonly string[];
  readonly purpose: Texts;
  /** Undefined: the values are stored as they are. */
  readonly protection?: Protection;
  /** Until when the values are stored. Undefined: until the erasure of the user. */
  readonly until?: Texts;
}

/** The language of a text. */
export type TextLanguage = keyof Texts;
