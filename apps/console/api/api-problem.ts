/** An answer that is no success: a problem document (RFC 9457), or no answer at all. */
export class ApiProblem extends Error {
  /** @param status 0 if the service did not answer */
  constructor(
    readonly status: number,
    /** A code of docs/errors.md, `unreachable`, or `unreadable` if a proxy has answered. */
    readonly code: string,
    readonly detail?: string,
    /** The id of this occurrence in the log. */
    readonly instance?: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(code);
  }

  /** Returns the problem of an answer. */
  static async of(response: Response): Promise<ApiProblem> {
    const body = (await response.json().catch(() => ({}))) as {
      code?: string;
      detail?: string;
      errors?: string[];
      instance?: string;
    };
    const seconds = Number(response.headers.get('retry-after') ?? NaN);
    return new ApiProblem(
      response.status,
      body.code ?? 'unreadable',
      body.errors?.join('; ') ?? body.detail,
      body.instance,
      Number.isFinite(seconds) ? seconds : undefined,
    );
  }

  /** Returns what was thrown, if the page itself is not the cause. */
  static from(error: unknown): ApiProblem {
    if (error instanceof ApiProblem) return error;
    throw error;
  }
}
