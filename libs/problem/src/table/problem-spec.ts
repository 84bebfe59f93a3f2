/** A further member of a problem document (RFC 9457 section 3.2). */
export interface ProblemMember extends Bilingual {
  /** As OpenAPI describes it. */
  readonly schema: {
    readonly type: 'string' | 'array';
    /** The schema of the items of an array. */
    readonly items?: object;
    readonly format?: string;
    readonly enum?: readonly string[];
    readonly example: unknown;
  };
}

/** A text in both languages. */
export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

/** One row of the table of problems. */
export interface ProblemSpec {
  readonly status: number;
  /** Short and the same for every occurrence (RFC 9457 section 3.1.3). Answers have the English one. */
  readonly title: Bilingual;
  readonly cause: Bilingual;
  readonly fix: Bilingual;
  /** Members that every occurrence of this code has, by their name on the wire. */
  readonly members?: Readonly<Record<string, ProblemMember>>;
}
