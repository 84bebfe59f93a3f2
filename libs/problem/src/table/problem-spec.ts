/** A further member of a problem document (RFC 9457 section 3.2). */
export interface ProblemMember {
  /** As OpenAPI describes it. */
  readonly schema: {
    readonly type: 'string';
    readonly format?: string;
    readonly enum?: readonly string[];
    readonly example: unknown;
  };
  readonly en: string;
  readonly zh: string;
}

/** One row of the table of problems. */
export interface ProblemSpec {
  readonly status: number;
  /** Short and the same for every occurrence (RFC 9457 section 3.1.3). */
  readonly title: string;
  readonly cause: { readonly en: string; readonly zh: string };
  readonly fix: { readonly en: string; readonly zh: string };
  /** Members that every occurrence of this code has, by their name on the wire. */
  readonly members?: Readonly<Record<string, ProblemMember>>;
}
