import { PROBLEMS, type ProblemCode } from './table/problems.js';

/** The data of one occurrence of a problem, in addition to its row in the table. */
export interface ProblemOptions {
  /** A sentence for the client about this occurrence. Never a secret, never text of a third party. */
  detail?: string;
  /** Further members of the problem document (RFC 9457 section 3.2), snake_case. */
  members?: Readonly<Record<string, unknown>>;
  /** Seconds after which trying again makes sense; becomes `Retry-After`. */
  retryAfterSeconds?: number;
  /** The methods of the path; becomes `Allow`. */
  allow?: readonly string[];
  /** Id of the user whom it concerns, if the request does not name one: for the log line alone. */
  userId?: string;
  /** Instead of the status of the table. */
  status?: number;
}

/** The error that services throw: a code of {@link PROBLEMS}. The exception filter renders it. */
export class Problem extends Error {
  /** HTTP status of the answer. */
  readonly status: number;

  constructor(
    readonly code: ProblemCode,
    readonly options: ProblemOptions = {},
  ) {
    super(options.detail ?? PROBLEMS[code].title.en);
    this.name = 'Problem';
    this.status = options.status ?? PROBLEMS[code].status;
  }
}
